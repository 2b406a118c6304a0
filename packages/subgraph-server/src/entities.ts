import { ACTOR_TYPES, type ActorType, actorTypeOfId, typeOfId } from '@dossier/domain';

export interface Identified {
  id: string;
}

export interface Representation {
  __typename: string;
  id?: unknown;
}

/** Finds an entity by its id; null if there is none. */
export type FindById<Context, Found> = (id: string, context: Context) => Found;

/**
 * A reference resolver that looks entities up by id. Resolves to null if the id is not a string or its prefix names another type.
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/entities/intro
 */
export const referenceResolver =
  <Context, Found>(find: FindById<Context, Found>) =>
  (representation: Representation, context: Context): Found | null => {
    const { __typename, id } = representation;
    if (typeof id !== 'string') return null;
    const type = __typename === 'Actor' ? actorTypeOfId(id) : typeOfId(id);
    return type !== null && (__typename === 'Actor' || type === __typename) ? find(id, context) : null;
  };

/** Resolvers of an interface: the prefix of the id determines the concrete type. */
export const typeById = { __resolveType: ({ id }: Identified) => typeOfId(id) };

type ActorTypeResolvers<Context, Found, Fields, FieldsOf> = {
  Actor: typeof typeById & ReferenceResolvers<Context, Found>;
} & {
  [Type in ActorType]: Fields &
    (Type extends keyof FieldsOf ? FieldsOf[Type] : unknown) &
    ReferenceResolvers<Context, Found>;
};

type ReferenceResolvers<Context, Found> = {
  __resolveReference: (representation: Representation, context: Context) => Found | null;
};

/** Resolvers of `Actor` and of the five types that implement it: `fields` for all of them, `fieldsOf` for single types. */
export function actorResolvers<
  Context,
  Found,
  Fields extends object,
  FieldsOf extends Partial<Record<ActorType, object>> = Record<never, never>,
>(
  find: FindById<Context, Found>,
  fields: Fields,
  fieldsOf?: FieldsOf,
): ActorTypeResolvers<Context, Found, Fields, FieldsOf> {
  const __resolveReference = referenceResolver(find);
  return {
    Actor: { ...typeById, __resolveReference },
    ...Object.fromEntries(ACTOR_TYPES.map((type) => [type, { ...fields, ...fieldsOf?.[type], __resolveReference }])),
  } as ActorTypeResolvers<Context, Found, Fields, FieldsOf>;
}

/** A reference to an entity of another subgraph, by its id; null for a null id. */
export const stub = (id: string | null): Identified | null => (id === null ? null : { id });
export const stubs = (ids: readonly string[]): Identified[] => ids.map((id) => ({ id }));

/** Field resolvers of types that implement `Sourced`. */
export const sourcedResolvers = {
  citations: ({ citations }: { citations: string[] }) => stubs(citations),
};
