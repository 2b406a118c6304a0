import { getOwn } from '@dossier/graphql';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { deciding } from '../collect.js';
import { typeConditions } from '../typeConditions.js';
import { variableReader } from '../variables.js';
import { executeFields } from './complete.js';
import { type CompiledFields, compileFields } from './fields.js';
import { type Compiled, type RunLimits, SchemaRun } from './run.js';

/** Ways to skip and include that one document is kept compiled for. */
const KEPT = 64;

/** Runs a document. The result has no data if its variables are invalid, or if it takes more than `limits` allow. */
export type RunDocument = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
  limits?: RunLimits,
) => ExecutionResult | Promise<ExecutionResult>;

export type { RunLimits };

interface Ready {
  compiled: Compiled;
  fields: CompiledFields;
}

/**
 * Compiles a document that is valid for the schema, to be run many times, with the answers that graphql-js gives. What is
 * rare is left to that: mutations, and types that tell by `isTypeOf` what belongs to them.
 */
export function compileDocument(schema: GraphQLSchema, document: DocumentNode, operationName?: string): RunDocument {
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operationName ? operations.filter(({ name }) => name?.value === operationName) : operations;
  const root = schema.getQueryType();
  const isRare =
    !operation ||
    (!operationName && operations.length > 1) ||
    operation.operation !== 'query' ||
    !root ||
    Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);
  if (isRare)
    return (variableValues, contextValue) => execute({ schema, document, variableValues, contextValue, operationName });

  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const isOfType = typeConditions(schema);
  const names = deciding([operation, ...fragments.values()]);
  const readVariables = variableReader(schema, operation.variableDefinitions ?? []);
  const kept = new LRUCache<string, Ready>({ max: KEPT });

  const readyFor = (variables: Record<string, unknown>): Ready => {
    const key = names.map((name) => (getOwn(variables, name) === true ? '1' : '0')).join('');
    let ready = kept.get(key);
    if (!ready) {
      const selecting = {
        fragments,
        isOfType,
        variables: Object.fromEntries(names.map((name) => [name, getOwn(variables, name)])),
      };
      ready = {
        compiled: { schema, operation, selecting },
        fields: compileFields(schema, root, [operation.selectionSet], selecting),
      };
      kept.set(key, ready);
    }
    return ready;
  };

  return (given, context, limits = {}) => {
    const { coerced, errors } = readVariables(given);
    if (errors) return { errors };
    const { compiled, fields } = readyFor(coerced);
    const run = new SchemaRun(compiled, coerced, context, limits);
    executeFields(fields, undefined, { container: run.answer, key: 'data', nullable: true, outer: null }, run);
    return run.result();
  };
}
