import { linkNames, stringOf } from '@dossier/graphql';
import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
} from 'graphql';

/** `@listSize` of a field. */
export interface ListSize {
  /** Null if it has none. */
  assumedSize: number | null;
  slicingArguments: readonly string[];
  /** The fields of its object that are the lists; empty if the field itself is the list. */
  sizedFields: readonly string[];
}

/** The cost directives of a schema by coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
export interface CostDirectives {
  /** `@cost` */
  weights: ReadonlyMap<string, number>;
  /** `@listSize` */
  sizes: ReadonlyMap<string, ListSize>;
}

type WithDirectives = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** The definitions that a schema was built from, extensions included. */
export const definitionsOf = (schema: GraphQLSchema): DefinitionNode[] =>
  [schema, ...Object.values(schema.getTypeMap())].flatMap(({ astNode, extensionASTNodes }): DefinitionNode[] => [
    ...(astNode ? [astNode] : []),
    ...extensionASTNodes,
  ]);

/**
 * Reads `@cost` and `@listSize` under the names by which the schema links them; empty if it links neither.
 * Cost specification: https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function readCostDirectives(definitions: readonly DefinitionNode[]): CostDirectives {
  const names = linkNames(definitions, SPECIFICATION, ['cost', 'listSize']);
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const readWeight = (coordinate: string, { directives = [] }: WithDirectives): void => {
    const weight = numberOf(argumentOf(directives, names.cost, 'weight'));
    if (weight !== null) weights.set(coordinate, Math.max(0, weight));
  };
  for (const definition of definitions) {
    if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) continue;
    const type = definition.name.value;
    readWeight(type, definition);
    for (const field of ('fields' in definition && definition.fields) || []) {
      const coordinate = `${type}.${field.name.value}`;
      readWeight(coordinate, field);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      const { directives = [], arguments: args = [] } = field;
      for (const arg of args) readWeight(`${coordinate}(${arg.name.value}:)`, arg);
      if (!directives.some(({ name }) => names.listSize.has(name.value))) continue;
      const read = (name: string): ConstValueNode | undefined => argumentOf(directives, names.listSize, name);
      sizes.set(coordinate, {
        assumedSize: numberOf(read('assumedSize')),
        slicingArguments: stringsOf(read('slicingArguments')),
        sizedFields: stringsOf(read('sizedFields')),
      });
    }
  }
  return { weights, sizes };
}

/** A supergraph links the cost specification, a subgraph the federation specification. */
const SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/(cost|federation)\/v/;

const argumentOf = (
  directives: readonly ConstDirectiveNode[],
  names: ReadonlySet<string>,
  argument: string,
): ConstValueNode | undefined =>
  directives.find(({ name }) => names.has(name.value))?.arguments?.find(({ name }) => name.value === argument)?.value;

const numberOf = (value: ConstValueNode | undefined): number | null =>
  value?.kind === Kind.INT ? Number(value.value) : null;
const stringsOf = (value: ConstValueNode | undefined): string[] =>
  value?.kind === Kind.LIST ? value.values.flatMap((entry) => stringOf(entry) ?? []) : [];
