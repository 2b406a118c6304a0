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

/** How long a list is, or the lists of what stands at a field, as `@listSize` says. */
export interface ListSize {
  assumedSize: number | null;
  slicingArguments: readonly string[];
  /** Fields that are the lists; empty where the field itself is. */
  sizedFields: readonly string[];
}

/** What a schema says that things cost, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
export interface Annotations {
  weights: ReadonlyMap<string, number>;
  sizes: ReadonlyMap<string, ListSize>;
}

type Annotated = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** The definitions that a schema was built from. */
export const definitionsOf = (schema: GraphQLSchema): DefinitionNode[] =>
  [schema, ...Object.values(schema.getTypeMap())].flatMap(({ astNode, extensionASTNodes }): DefinitionNode[] => [
    ...(astNode ? [astNode] : []),
    ...extensionASTNodes,
  ]);

/** Reads `@cost` and `@listSize`, under whatever names a schema links them by. One that links neither has none. */
export function readAnnotations(definitions: readonly DefinitionNode[]): Annotations {
  const names = linkNames(definitions, SPECIFICATION, ['cost', 'listSize']);
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const weigh = (coordinate: string, { directives = [] }: Annotated): void => {
    const weight = numberOf(argumentOf(directives, names.cost, 'weight'));
    if (weight !== null) weights.set(coordinate, Math.max(0, weight));
  };
  for (const definition of definitions) {
    if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) continue;
    const type = definition.name.value;
    weigh(type, definition);
    for (const field of ('fields' in definition && definition.fields) || []) {
      const coordinate = `${type}.${field.name.value}`;
      weigh(coordinate, field);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      const { directives = [], arguments: args = [] } = field;
      for (const arg of args) weigh(`${coordinate}(${arg.name.value}:)`, arg);
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

/** A graph that is composed links them from a specification of their own; a subgraph, from federation's. */
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
