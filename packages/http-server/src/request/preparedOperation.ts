import { createDocumentCache } from '@dossier/graphql';
import {
  InvalidPageSizes,
  type Limit,
  LimitExceeded,
  OperationGuard,
  type OperationLimits,
} from '@dossier/operation-limits';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  separateOperations,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import type { ServerCode } from '../errors/catalogue.js';
import { MAX_CLIENT_ERRORS, truncateMessage } from '../errors/formatErrors.js';
import { GraphQLRequestError, HttpError } from '../errors/httpError.js';
import { argumentPath } from './argumentPath.js';
import type { CachePolicy, Engine, Executable, Variables } from './engine.js';
import { exactLiterals } from './exactLiterals.js';

export interface OperationOptions {
  /** Limits of operations; by default, only the size of request bodies is limited. */
  limits?: OperationLimits;
  /** Whether clients may read the schema; true by default. If false, error messages name no part of it either. */
  introspection?: boolean;
}

/** An operation that passed validation and the limits. Prepared once for each document and operation name. */
export interface PreparedOperation {
  /** Identifies the operation in keys of the response cache. */
  id: number;
  type: OperationTypeNode;
  policy: CachePolicy | null;
  /** Maximum number of values in the response for these variables. Throws an HttpError or GraphQLRequestError above the limit. */
  costOf: (variables: Variables) => number;
  planFor: Executable['planFor'];
}

const LIMIT_CODES: Record<Limit, ServerCode> = {
  tokens: 'OPERATION_TOO_LONG',
  depth: 'OPERATION_TOO_DEEP',
  aliases: 'OPERATION_TOO_MANY_ALIASES',
  rootFields: 'OPERATION_TOO_MANY_ROOT_FIELDS',
  directives: 'OPERATION_TOO_MANY_DIRECTIVES',
  selections: 'OPERATION_TOO_LARGE',
  comparisons: 'OPERATION_TOO_LARGE',
  cost: 'OPERATION_TOO_COSTLY',
  nesting: 'OPERATION_TOO_DEEP',
  name: 'OPERATION_TOO_LONG',
};

/** Prepares operations and caches them. Rejections are cached, too, so that an invalid document is checked once. */
export class OperationCache {
  readonly #options: OperationOptions;
  readonly #prepared = createDocumentCache<PreparedOperation>();
  readonly #rejected = createDocumentCache<HttpError | GraphQLRequestError>();
  #engine: Engine;
  #guard: OperationGuard | null;
  #count = 0;

  constructor(engine: Engine, options: OperationOptions) {
    this.#options = options;
    this.#engine = engine;
    this.#guard = guardOf(engine, options);
  }

  /** Replaces the engine and drops all operations that were prepared for the previous one. */
  replaceEngine(engine: Engine): void {
    this.#engine = engine;
    this.#guard = guardOf(engine, this.#options);
    this.#prepared.clear();
    this.#rejected.clear();
  }

  /** The cached operation; undefined if it is not cached. Throws the cached error if it was rejected. */
  peek(source: string, operationName: string | null): PreparedOperation | undefined {
    const key = keyOf(source, operationName);
    const prepared = this.#prepared.get(key);
    if (prepared) return prepared;
    const rejected = this.#rejected.get(key);
    if (rejected) throw rejected;
    return undefined;
  }

  /** Parses, measures, validates and prepares an operation unless it is cached. Throws an HttpError or GraphQLRequestError. */
  prepare(source: string, operationName: string | null): PreparedOperation {
    const cached = this.peek(source, operationName);
    if (cached) return cached;
    const key = keyOf(source, operationName);
    try {
      const prepared = this.#prepare(source, operationName);
      this.#prepared.set(key, prepared);
      return prepared;
    } catch (error) {
      const requestError = requestErrorOf(error);
      if (requestError) this.#rejected.set(key, requestError);
      throw requestError ?? error;
    }
  }

  #prepare(source: string, operationName: string | null): PreparedOperation {
    const { schema } = this.#engine;
    const guard = this.#guard;
    guard?.checkText(source);
    // Locations take more memory than the rest of a document. For an error, the document is parsed again with them.
    const document = parseDocument(source, { noLocation: true });
    guard?.checkDocument(document);
    this.#validate(schema, source, document);
    const operation = operationOf(document, operationName, schema);
    const operationDocument = separateOperations(document)[operation.name?.value ?? ''] ?? document;
    const { policy = null, planFor } = this.#engine.prepare({ source, document: operationDocument, operation });
    const cost = guard?.costOf(operationDocument, operation);
    const costOf = (variables: Variables): number => {
      try {
        return cost?.(variables) ?? 0;
      } catch (error) {
        throw (
          requestErrorOf(
            guard && error instanceof InvalidPageSizes
              ? withLocations(error, guard, source, operationName, variables)
              : error,
          ) ?? error
        );
      }
    };
    return { id: ++this.#count, type: operation.operation, policy, planFor, costOf };
  }

  #validate(schema: GraphQLSchema, source: string, document: DocumentNode): void {
    const { introspection = true } = this.#options;
    const rules = introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule, noServiceSdl];
    if (validate(schema, document, rules, { maxErrors: 1 }).length === 0) return;
    const documentWithLocations = parse(source);
    const errors = validate(schema, documentWithLocations, rules, { maxErrors: MAX_CLIENT_ERRORS });
    throw new GraphQLRequestError(
      'GRAPHQL_VALIDATION_FAILED',
      errors.slice(0, MAX_CLIENT_ERRORS).map((error) => {
        const argument = argumentPath(error.nodes?.[0], documentWithLocations);
        const message = introspection ? error.message : 'The document does not match the schema at this location.';
        return formatError(
          argument ? `Argument "${argument}": ${message}` : message,
          'GRAPHQL_VALIDATION_FAILED',
          error,
          argument,
        );
      }),
    );
  }
}

const RULES = [...specifiedRules, exactLiterals];

/** Rejects `_service`, which returns the SDL of a subgraph and is a form of introspection. */
const noServiceSdl: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value === '_service')
      context.reportError(new GraphQLError('Introspection is disabled.', { nodes: node }));
  },
});

/** Unambiguous, because an operation name contains no line break. */
const keyOf = (source: string, operationName: string | null): string => `${operationName ?? ''}\n${source}`;

const guardOf = ({ schema, coreSdl }: Engine, { limits }: OperationOptions): OperationGuard | null =>
  limits ? new OperationGuard(limits, schema, coreSdl) : null;

function parseDocument(source: string, options: { noLocation: boolean }): DocumentNode {
  try {
    return parse(source, options);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLRequestError('GRAPHQL_PARSE_FAILED', [formatError(error.message, 'GRAPHQL_PARSE_FAILED', error)]);
  }
}

/** GraphQL specification, 6.1 GetOperation: https://spec.graphql.org/October2021/#GetOperation() */
function operationOf(
  document: DocumentNode,
  operationName: string | null,
  schema: GraphQLSchema,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    const count = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
    throw new HttpError(
      'OPERATION_RESOLUTION_FAILURE',
      operationName === null && count === 0 ? 'The document has no operation.' : undefined,
    );
  }
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw new HttpError('SUBSCRIPTION_NOT_SUPPORTED');
  if (!schema.getRootType(operation.operation))
    throw new HttpError('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation} type.`);
  return operation;
}

const formatError = (
  message: string,
  code: ServerCode,
  { locations }: GraphQLError,
  argument?: string,
): GraphQLFormattedError =>
  truncateMessage({ message, ...(locations && { locations }), extensions: { code, ...(argument && { argument }) } });

/** The same errors with their locations, for which the document is parsed again. */
function withLocations(
  error: InvalidPageSizes,
  guard: OperationGuard,
  source: string,
  operationName: string | null,
  variables: Variables,
): unknown {
  const document = parse(source);
  const operation = getOperationAST(document, operationName);
  try {
    if (operation) guard.costOf(document, operation)(variables);
    return error;
  } catch (errorWithLocations) {
    return errorWithLocations;
  }
}

/** The error for the client if a request caused it; null for an internal error. */
function requestErrorOf(error: unknown): HttpError | GraphQLRequestError | null {
  if (error instanceof GraphQLRequestError || error instanceof HttpError) return error;
  if (error instanceof InvalidPageSizes) {
    const errors = error.errors
      .slice(0, MAX_CLIENT_ERRORS)
      .map(({ message, path, node, argument }): GraphQLFormattedError => {
        const { locations } = new GraphQLError(message, { nodes: node });
        return {
          message,
          ...(locations && { locations }),
          path,
          extensions: { code: 'BAD_USER_INPUT', field: node.name.value, argument },
        };
      });
    return new GraphQLRequestError('BAD_USER_INPUT', errors);
  }
  return error instanceof LimitExceeded
    ? new HttpError(LIMIT_CODES[error.limit], error.message, { cause: error })
    : null;
}
