import { fragmentsOf, getOwn } from '@dossier/graphql';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { variableCoercer } from '../coerceVariables.js';
import { conditionVariables } from '../collectFields.js';
import { typeConditions } from '../typeConditions.js';
import { type CompiledFields, compileFields, executeFields } from './executeFields.js';
import { type CompiledDocument, ExecutionContext, type RunLimits } from './executionContext.js';

/** Maximum number of cached combinations of `@skip` and `@include` for one document. */
const MAX_VARIANTS = 64;

/** Executes a document. The result has no data if the variables are invalid or a limit is exceeded. */
export type RunDocument = (
  variables: Readonly<Record<string, unknown>>,
  contextValue: unknown,
  limits?: RunLimits,
) => ExecutionResult | Promise<ExecutionResult>;

export type { RunLimits };

/** The document with one combination of `@skip` and `@include` applied. */
interface Variant {
  compiled: CompiledDocument;
  fields: CompiledFields;
}

/**
 * Compiles a document that is valid for the schema, to be executed many times with the results of graphql-js. Without
 * `operationName`, the document must have one operation. Mutations, and schemas with `isTypeOf`, are executed by
 * graphql-js itself, without limits.
 * GraphQL specification, 6.2 Executing Operations: https://spec.graphql.org/October2021/#sec-Executing-Operations
 */
export function compileDocument(schema: GraphQLSchema, document: DocumentNode, operationName?: string): RunDocument {
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operationName ? operations.filter(({ name }) => name?.value === operationName) : operations;
  const root = schema.getQueryType();
  const isUnsupported =
    !operation ||
    (!operationName && operations.length > 1) ||
    operation.operation !== 'query' ||
    !root ||
    Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);
  if (isUnsupported)
    return (variableValues, contextValue) => execute({ schema, document, variableValues, contextValue, operationName });

  const fragments = fragmentsOf(document);
  const isOfType = typeConditions(schema);
  const conditionNames = conditionVariables([operation, ...fragments.values()]);
  const coerceVariables = variableCoercer(schema, operation.variableDefinitions ?? []);
  const variants = new LRUCache<string, Variant>({ max: MAX_VARIANTS });

  const variantFor = (variables: Record<string, unknown>): Variant => {
    const key = conditionNames.map((name) => (getOwn(variables, name) === true ? '1' : '0')).join('');
    let variant = variants.get(key);
    if (!variant) {
      const collectContext = {
        fragments,
        isOfType,
        variables: Object.fromEntries(conditionNames.map((name) => [name, getOwn(variables, name)])),
      };
      variant = {
        compiled: { schema, operation, collectContext },
        fields: compileFields(schema, root, [operation.selectionSet], collectContext),
      };
      variants.set(key, variant);
    }
    return variant;
  };

  return (variables, contextValue, limits = {}) => {
    const { coerced, errors } = coerceVariables(variables);
    if (errors) return { errors };
    const { compiled, fields } = variantFor(coerced);
    const execution = new ExecutionContext(compiled, coerced, contextValue, limits);
    const dataSlot = { container: execution.response, key: 'data', nullable: true, outer: null };
    executeFields(fields, undefined, dataSlot, execution);
    return execution.result();
  };
}
