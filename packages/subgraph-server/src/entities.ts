import { ACTOR_TYPES, type ActorType, actorTypeOfId, typeOfId } from '@dossier/domain';

export interface Identified {
  id: string;
}

export interface Representation {
  __typename: string;
  id?: unknown;
}

/** Finds an entity by its id; null where there is none. */
export type Find<Context, Found> = (id: string, context: Context) => Found;

/** A reference resolver: an id that is no text, or names another type, is the id of nothing. */
export const reference =
  <Context, Found>(find: Find<Context, Found>) =>
  (representation: Representation, context: Context): Found | null => {
    const { __typename, id } = representation;
    if (typeof id !== 'string') return null;
    const type = __typename === 'Actor' ? actorTypeOfId(id) : typeOfId(id);
    return type !== null && (__typename === 'Actor' || type === __typename) ? find(id, context) : null;
  };

/** Resolvers of an interface whose types are told by their ids. */
export const typedById = { __resolveType: ({ id }: Identified) => typeOfId(id) };

/** Resolvers of `Actor` and of the five types that implement it. */
type ActorTypeResolvers<Context, Found, Fields, OwnFields> = {
  Actor: typeof typedById & ReferenceResolvers<Context, Found>;
} & {
  [Type in ActorType]: Fields &
    (Type extends keyof OwnFields ? OwnFields[Type] : unknown) &
    ReferenceResolvers<Context, Found>;
};

type ReferenceResolvers<Context, Found> = {
  __resolveReference: (representation: Representation, context: Context) => Found | null;
};

/** The resolvers of `Actor` and its five types, which every subgraph adds its fields to: `fields` to all, `ownFields` to single types. */
export function actorResolvers<
  Context,
  Found,
  Fields extends object,
  OwnFields extends Partial<Record<ActorType, object>> = Record<never, never>,
>(
  find: Find<Context, Found>,
  fields: Fields,
  ownFields?: OwnFields,
): ActorTypeResolvers<Context, Found, Fields, OwnFields> {
  const __resolveReference = reference(find);
  return {
    Actor: { ...typedById, __resolveReference },
    ...Object.fromEntries(ACTOR_TYPES.map((type) => [type, { ...fields, ...ownFields?.[type], __resolveReference }])),
  } as ActorTypeResolvers<Context, Found, Fields, OwnFields>;
}

/** What another subgraph owns, by its id alone. */
export const stub = (id: string | null): Identified | null => (id === null ? null : { id });
export const stubs = (ids: readonly string[]): Identified[] => ids.map((id) => ({ id }));

/** The fields of everything that says where it comes from. */
export const sourcedResolvers = {
  citations: ({ citations }: { citations: string[] }) => stubs(citations),
};
