import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLFormattedError, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { collectFields, deciding, type Selecting } from './collect.js';
import { introspect } from './introspection.js';
import { type Step, stepsOf } from './run.js';
import type { Run } from './runState.js';
import { pathOf, type Refuse, ROOT, responseShape, toldOf, type Way } from './shape.js';
import { own, type Tree } from './tree.js';
import { type IsOfType, typeConditions } from './typeConditions.js';
import type { Answer, AskSubgraph } from './types.js';
import { variableReader } from './variables.js';

/** Ways to skip and include that one operation's shapes are kept for. */
const SHAPES_KEPT = 64;

/** The graph that operations are run on. */
export interface RunnableGraph {
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** Types as subgraphs know them, those too that clients do not see. */
  isOfType: IsOfType;
}

/** An operation with its plan, ready to be run with any variables. */
export type RunnableOperation = (variables: Readonly<Record<string, unknown>>, ask: AskSubgraph) => Promise<Answer>;

interface Shaping {
  shape: (tree: Tree, refuse: Refuse) => Tree | null;
  introspected: readonly FieldNode[];
  /** Keys of the operation's own fields that a subgraph answers. */
  asked: readonly string[];
  selecting: Selecting;
}

/** Compiles an operation: the steps of its plan once, the shape of its answer once for each way to skip and include. */
export function runnableOperation(graph: RunnableGraph, document: DocumentNode, operationName: string | undefined, plan: QueryPlan): RunnableOperation {
  const { apiSchema } = graph;
  const operation = selectedOperation(document, operationName);
  const fragments = new Map(
    document.definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment]),
  );
  const rootType = apiSchema.getRootType(operation.operation)?.name ?? '';
  const isOfType = typeConditions(apiSchema);
  const decidingNames = deciding([operation, ...fragments.values()]);
  const readVariables = variableReader(apiSchema, operation.variableDefinitions ?? []);
  const step: Step = plan.node && plan.node.kind !== 'Subscription' ? stepsOf(plan.node) : () => undefined;
  const shapings = new LRUCache<string, Shaping>({ max: SHAPES_KEPT });

  const shapingFor = (variables: Readonly<Record<string, unknown>>): Shaping => {
    const key = decidingNames.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let shaping = shapings.get(key);
    if (!shaping) {
      const selecting: Selecting = { fragments, isOfType, variables: Object.fromEntries(decidingNames.map((name) => [name, variables[name]])) };
      const roots = [...collectFields(rootType, [operation.selectionSet], selecting)];
      const introspected = roots.flatMap(([, nodes]) => nodes).filter(({ name }) => name.value === '__schema' || name.value === '__type');
      const asked = roots.flatMap(([key, [node]]) => (node?.name.value.startsWith('__') ? [] : [key]));
      shaping = { shape: responseShape(apiSchema, rootType, operation.selectionSet, selecting), introspected, asked, selecting };
      shapings.set(key, shaping);
    }
    return shaping;
  };

  return async (given, ask) => {
    const { coerced: variables, errors: refused } = readVariables(given);
    if (refused) return { errors: refused.map(({ message }) => ({ message, extensions: { code: 'BAD_USER_INPUT' } })) };
    const run: Run = { tree: {}, errors: [], given, variables, ask, isOfType: graph.isOfType };
    await step(run);
    const { shape, introspected, asked, selecting } = shapingFor(variables);
    if (introspected.length > 0) {
      const { data, errors } = introspect(apiSchema, operation, introspected, selecting, given);
      Object.assign(run.tree, data);
      run.errors.push(...(errors ?? []));
    }
    const refuse = refusing(run.errors);
    // A plan may ask nobody for what no subgraph can tell; what is null then was not read.
    for (const key of asked) if (own(run.tree, key) === undefined) refuse('No subgraph answers this field.', { step: key, outer: ROOT });
    const data = shape(run.tree, refuse);
    return run.errors.length > 0 ? { data, errors: run.errors } : { data };
  };
}

/** Tells of a value that its place does not allow, unless what went wrong there is told already. */
function refusing(errors: GraphQLFormattedError[]): Refuse {
  const isTold = toldOf(errors);
  return (message, way: Way) => {
    const path = pathOf(way);
    if (!isTold(path)) errors.push({ message, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  };
}

function selectedOperation(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
  );
  if (!operation) throw new Error('The document holds no operation of this name.');
  return operation;
}
