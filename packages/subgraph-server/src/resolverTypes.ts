import type { GraphQLScalarType } from 'graphql';

/** Fields that a parent does not have as properties, so that the default resolver cannot find them. */
type MissingFields<Fields, Parent> = Exclude<keyof Fields, keyof Parent | `__${string}`>;

/** The resolvers of one type. A concrete type is read from an id, which may name any type. */
type TypeResolvers<Fields, Parent> = Fields extends GraphQLScalarType
  ? Fields
  : Fields extends { __resolveType: unknown }
    ? Omit<Fields, '__resolveType'> & { __resolveType: (parent: { id: string }) => string | null }
    : Fields & { [Field in MissingFields<Fields, Parent>]-?: NonNullable<Fields[Field]> };

type AllTypeResolvers<Generated, Parents> = {
  [Type in keyof Generated & keyof Parents]: TypeResolvers<NonNullable<Generated[Type]>, Parents[Type]>;
};

/** Types of which no resolver is required. */
type OptionalTypes<All> = { [Type in keyof All]: object extends All[Type] ? Type : never }[keyof All];

/**
 * The resolver map of a service, from the `Resolvers` and `ResolversParentTypes` that graphql-codegen generates for it.
 * A resolver is required for each field that is not a property of its type's parent. So a field that is renamed in the
 * SDL does not compile, whether it has a resolver or was a column of a row.
 */
export type ServiceResolvers<Generated, Parents, All = AllTypeResolvers<Generated, Parents>> = Omit<
  All,
  OptionalTypes<All>
> &
  Partial<Pick<All, OptionalTypes<All>>>;
