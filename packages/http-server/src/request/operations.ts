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
import { HttpError } from '../errors/httpError.js';
import { truncateMessage } from '../errors/truncateMessage.js';
import { argumentAt } from './argumentAt.js';
import type { CachePolicy, Engine, Executable, Variables } from './engine.js';
import { OperationRejected } from './operationRejected.js';

export interface OperationOptions {
  /** How large an operation may be; without it, only bodies are limited. */
  limits?: OperationLimits;
  /** Whether clients may read the schema; they may unless set. If not, messages name nothing of it either. */
  introspection?: boolean;
}

/** An operation that passed validation and the limits, ready to be executed. Made once for each text and operation name. */
export interface PreparedOperation {
  /** Stands for the operation in cache keys. */
  id: number;
  type: OperationTypeNode;
  policy: CachePolicy | null;
  /** Values that the response may have with these variables. Throws a HttpError if they are too many. */
  costOf: (variables: Variables) => number;
  planFor: Executable['planFor'];
}

const CODES: Record<Limit, ServerCode> = {
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

/** Errors of one invalid document at most. */
const MAX_ERRORS = 20;

/** Prepares operations and keeps them, the rejected ones too, least recently used first out. */
export class OperationCache {
  readonly #options: OperationOptions;
  readonly #prepared = createDocumentCache<PreparedOperation>();
  readonly #rejected = createDocumentCache<HttpError | OperationRejected>();
  #engine: Engine;
  #guard: OperationGuard | null;
  #count = 0;

  constructor(engine: Engine, options: OperationOptions) {
    this.#options = options;
    this.#engine = engine;
    this.#guard = guardOf(engine, options);
  }

  /** Prepares operations for another engine from now on. */
  replaceEngine(engine: Engine): void {
    this.#engine = engine;
    this.#guard = guardOf(engine, this.#options);
    this.#prepared.clear();
    this.#rejected.clear();
  }

  /** The operation if it was prepared before. Throws if it was rejected before. */
  peek(source: string, operationName: string | null): PreparedOperation | undefined {
    const key = keyOf(source, operationName);
    const prepared = this.#prepared.get(key);
    if (prepared) return prepared;
    const rejected = this.#rejected.get(key);
    if (rejected) throw rejected;
    return undefined;
  }

  /** Parses, measures, validates and prepares an operation. Throws a HttpError or OperationRejected. */
  prepare(source: string, operationName: string | null): PreparedOperation {
    const key = keyOf(source, operationName);
    try {
      const prepared = this.#prepare(source, operationName);
      this.#prepared.set(key, prepared);
      return prepared;
    } catch (error) {
      const rejection = asRejection(error);
      if (rejection) this.#rejected.set(key, rejection);
      throw rejection ?? error;
    }
  }

  #prepare(source: string, operationName: string | null): PreparedOperation {
    const { schema } = this.#engine;
    const guard = this.#guard;
    guard?.checkText(source);
    // Without positions, which take more memory than the rest; errors are found again with them.
    const document = parseDocument(source, { noLocation: true });
    guard?.checkDocument(document);
    this.#validate(schema, source, document);
    const operation = operationOf(document, operationName, schema);
    const only = separateOperations(document)[operation.name?.value ?? ''] ?? document;
    const { policy = null, planFor } = this.#engine.prepare({ source, document: only, operation });
    const cost = guard?.costOf(only, operation);
    const costOf = (variables: Variables): number => {
      try {
        return cost?.(variables) ?? 0;
      } catch (error) {
        throw (
          asRejection(
            guard && error instanceof InvalidPageSizes
              ? located(error, guard, source, operationName, variables)
              : error,
          ) ?? error
        );
      }
    };
    return { id: ++this.#count, type: operation.operation, policy, planFor, costOf };
  }

  #validate(schema: GraphQLSchema, source: string, document: DocumentNode): void {
    const { introspection = true } = this.#options;
    const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule, noServiceSdl];
    if (validate(schema, document, rules, { maxErrors: 1 }).length === 0) return;
    const located = parse(source);
    const errors = validate(schema, located, rules, { maxErrors: MAX_ERRORS });
    throw new OperationRejected(
      'GRAPHQL_VALIDATION_FAILED',
      errors.slice(0, MAX_ERRORS).map((error) => {
        const argument = argumentAt(error.nodes?.[0], located);
        const message = introspection ? error.message : 'The document does not match the schema at this place.';
        return formatted(
          argument ? `Argument "${argument}": ${message}` : message,
          'GRAPHQL_VALIDATION_FAILED',
          error,
          argument,
        );
      }),
    );
  }
}

/** Rejects the field by which a subgraph returns its SDL: it is introspection by another name. */
const noServiceSdl: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value === '_service')
      context.reportError(new GraphQLError('Introspection is disabled.', { nodes: node }));
  },
});

/** Unambiguous, since an operation name has no line break. */
const keyOf = (source: string, operationName: string | null): string => `${operationName ?? ''}\n${source}`;

const guardOf = ({ schema, coreSdl }: Engine, { limits }: OperationOptions): OperationGuard | null =>
  limits ? new OperationGuard(limits, schema, coreSdl) : null;

function parseDocument(source: string, options: { noLocation: boolean }): DocumentNode {
  try {
    return parse(source, options);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new OperationRejected('GRAPHQL_PARSE_FAILED', [formatted(error.message, 'GRAPHQL_PARSE_FAILED', error)]);
  }
}

/** GraphQL, 6.1 GetOperation. */
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

const formatted = (
  message: string,
  code: ServerCode,
  { locations }: GraphQLError,
  argument?: string,
): GraphQLFormattedError =>
  truncateMessage({ message, ...(locations && { locations }), extensions: { code, ...(argument && { argument }) } });

/** The same errors with their locations, for which the text is parsed again. */
function located(
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
  } catch (again) {
    return again;
  }
}

/** An error that concerns what the client sent, as the response says it; null for any other. */
function asRejection(error: unknown): HttpError | OperationRejected | null {
  if (error instanceof OperationRejected || error instanceof HttpError) return error;
  if (error instanceof InvalidPageSizes) {
    const errors = error.errors.slice(0, MAX_ERRORS).map(({ message, path, node, argument }): GraphQLFormattedError => {
      const { locations } = new GraphQLError(message, { nodes: node });
      return {
        message,
        ...(locations && { locations }),
        path,
        extensions: { code: 'BAD_USER_INPUT', field: node.name.value, argument },
      };
    });
    return new OperationRejected('BAD_USER_INPUT', errors);
  }
  return error instanceof LimitExceeded ? new HttpError(CODES[error.limit], error.message) : null;
}
