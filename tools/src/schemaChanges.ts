import {
  buildASTSchema,
  type DocumentNode,
  findBreakingChanges,
  findDangerousChanges,
  GraphQLDeprecatedDirective,
  type GraphQLSchema,
  getDirectiveValues,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  type TypeDefinitionNode,
  visit,
} from 'graphql';
import { deprecationTerms } from './deprecations.js';

export interface SchemaChanges {
  /** Changes that the policy does not allow: breaking, and not removals whose deprecation period is over. */
  breaking: string[];
  /** Changes that are allowed and that a client may still notice, such as a new enum value. */
  dangerous: string[];
}

/** The API schema as SDL, sorted and without descriptions: the form of `gateway/released.graphql`. */
export const contractOf = (schema: GraphQLSchema): string =>
  `${printSchema(withoutDescriptions(lexicographicSortSchema(schema))).trim()}\n`;

const withoutDescriptions = (schema: GraphQLSchema): GraphQLSchema =>
  buildASTSchema(
    visit(parse(printSchema(schema)), {
      enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
    }),
  );

/** Compares the schema with the released one. `today` (YYYY-MM-DD) decides which deprecation periods are over. */
export function schemaChanges(releasedSdl: string, current: GraphQLSchema, today: string): SchemaChanges {
  const released = parse(releasedSdl);
  return {
    breaking: findBreakingChanges(buildASTSchema(withoutExpired(released, today)), current).map(
      ({ description }) => description,
    ),
    dangerous: findDangerousChanges(buildASTSchema(released), current).map(({ description }) => description),
  };
}

/**
 * What a client of the released schema may still rely on: the schema without the deprecated elements whose period is over,
 * and without the types that only these used.
 */
function withoutExpired(released: DocumentNode, today: string): DocumentNode {
  const removeExpired = (node: Parameters<typeof getDirectiveValues>[1]) => {
    const reason = getDirectiveValues(GraphQLDeprecatedDirective, node)?.['reason'];
    const terms = typeof reason === 'string' ? deprecationTerms(reason) : null;
    return terms && terms.until <= today ? null : undefined;
  };
  const document = visit(released, {
    FieldDefinition: removeExpired,
    InputValueDefinition: removeExpired,
    EnumValueDefinition: removeExpired,
  });
  return removeUnusedTypes(document, typeUses(released));
}

/** The names of the types that definitions other than their own refer to. */
function typeUses(document: DocumentNode): Set<string> {
  const used = new Set<string>();
  for (const definition of document.definitions)
    visit(definition, {
      NamedType: ({ name }) => {
        if (!('name' in definition) || definition.name?.value !== name.value) used.add(name.value);
      },
    });
  return used;
}

/** Removes types that were used before and are not any more, and repeats this for the types that only they used. */
function removeUnusedTypes(document: DocumentNode, usedBefore: Set<string>): DocumentNode {
  const used = typeUses(document);
  const implementsUsed = (definition: TypeDefinitionNode) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.interfaces?.some(({ name }) => used.has(name.value));
  const definitions = document.definitions.filter(
    (definition) =>
      !definition.kind.endsWith('TypeDefinition') ||
      used.has((definition as TypeDefinitionNode).name.value) ||
      !usedBefore.has((definition as TypeDefinitionNode).name.value) ||
      implementsUsed(definition as TypeDefinitionNode),
  );
  return definitions.length === document.definitions.length
    ? document
    : removeUnusedTypes({ ...document, definitions }, usedBefore);
}
