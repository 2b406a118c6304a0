import { ACTOR_TYPES, actorTypeOfId, typeOfId } from '@dossier/domain';
import type { Resolvers } from './subgraph.js';

export interface Identified {
  id: string;
}

export interface Representation {
  __typename: string;
  id?: unknown;
}

/** Finds an entity by its id; null where there is none. */
export type Find<Context> = (id: string, context: Context) => unknown;

/** A reference resolver: an id that is no text, or names another type, is the id of nothing. */
export const reference =
  <Context>(find: Find<Context>) =>
  (representation: Representation, context: Context) => {
    const { __typename, id } = representation;
    if (typeof id !== 'string') return null;
    const type = __typename === 'Actor' ? actorTypeOfId(id) : typeOfId(id);
    return type !== null && (__typename === 'Actor' || type === __typename) ? find(id, context) : null;
  };

/** Resolvers of an interface whose types are told by their ids. */
export const typedById = { __resolveType: ({ id }: Identified) => typeOfId(id) };

/** The resolvers of `Actor` and its five types, which every subgraph adds its fields to. */
export function actorResolvers<Context>(
  find: Find<Context>,
  fields: Resolvers,
  fieldsOf: Partial<Record<(typeof ACTOR_TYPES)[number], Resolvers>> = {},
): Resolvers {
  const __resolveReference = reference(find);
  return {
    Actor: { ...typedById, __resolveReference },
    ...Object.fromEntries(ACTOR_TYPES.map((type) => [type, { ...fields, ...fieldsOf[type], __resolveReference }])),
  };
}

/** What another subgraph owns, by its id alone. */
export const stub = (id: string | null): Identified | null => (id === null ? null : { id });
export const stubs = (ids: readonly string[]): Identified[] => ids.map((id) => ({ id }));

/** The fields of everything that says where it comes from. */
export const sourcedResolvers = {
  citations: ({ citations }: { citations: string[] }) => stubs(citations),
};
