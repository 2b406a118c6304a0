import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';
import type { CollectContext } from '../collectFields.js';

/** A compiled document: what all executions of it share. */
export interface CompiledDocument {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  collectContext: CollectContext;
}

/** Limits of one execution. If one is exceeded, the result has no data and a single error with a code. */
export interface RunLimits {
  /** Characters of keys and values left. The size of the result is subtracted when it is complete. */
  budget?: { left: number };
  /** Deadline as a time of `performance.now()`. */
  deadline?: number;
}

/** The position in the response that a value is completed into. */
export interface Slot {
  container: Record<string | number, unknown>;
  key: string | number;
  /** Whether the position may be null. If not, null propagates to the outer slot. */
  nullable: boolean;
  /** Null for the slot of `data` itself. */
  outer: Slot | null;
}

/** The response path of a slot. */
function pathTo(slot: Slot): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = slot; at.outer; at = at.outer) path.unshift(at.key);
  return path;
}

/**
 * Sets the nearest nullable slot to null, from this one outwards. True if that is this slot.
 * GraphQL specification, 6.4.4 Handling Field Errors: https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
function propagateNull(slot: Slot): boolean {
  let at: Slot = slot;
  while (!at.nullable && at.outer) at = at.outer;
  at.container[at.key] = null;
  return at === slot;
}

/** Maximum number of errors of one execution: each element of a list can fail. */
const MAX_ERRORS = 1000;
/** The deadline is checked once for this number of objects. */
const OBJECTS_PER_DEADLINE_CHECK = 256;

/** The state of one execution: pending promises, size of the response, errors. */
export class ExecutionContext {
  readonly compiled: CompiledDocument;
  readonly variables: Record<string, unknown>;
  readonly contextValue: unknown;
  readonly response: Record<string, unknown> = {};
  /** Characters of keys and values so far. */
  size = 0;
  readonly #budget: { left: number } | null;
  readonly #deadline: number;
  readonly #errors: GraphQLError[] = [];
  #abortError: GraphQLError | null = null;
  #objectCount = 0;
  #pendingCount = 0;
  #onSettled: ((result: ExecutionResult) => void) | null = null;

  constructor(
    compiled: CompiledDocument,
    variables: Record<string, unknown>,
    contextValue: unknown,
    { budget, deadline = Number.POSITIVE_INFINITY }: RunLimits,
  ) {
    this.compiled = compiled;
    this.variables = variables;
    this.contextValue = contextValue;
    this.#budget = budget ?? null;
    this.#deadline = deadline;
  }

  /** Checks the limits before an object is completed. False once one is exceeded. */
  checkLimits(): boolean {
    if (this.#abortError) return false;
    if (this.#budget !== null && this.size > this.#budget.left)
      this.#abort('RESPONSE_TOO_LARGE', 'The response is too large; select fewer fields or request smaller pages.');
    else if (++this.#objectCount % OBJECTS_PER_DEADLINE_CHECK === 0) this.#checkDeadline();
    return this.#abortError === null;
  }

  #checkDeadline(): void {
    if (performance.now() > this.#deadline)
      this.#abort('OPERATION_TIMEOUT', 'The operation took too long; select fewer fields or request smaller pages.');
  }

  #abort(code: string, message: string): void {
    this.#abortError = new GraphQLError(message, { extensions: { code } });
  }

  /** Completes a promised value once it is resolved. */
  awaitValue(promise: PromiseLike<unknown>, slot: Slot, complete: (value: unknown) => void): void {
    this.#pendingCount++;
    promise.then(
      (value) => {
        complete(value);
        this.#settle();
      },
      (error: unknown) => {
        this.handleFieldError(error, slot);
        this.#settle();
      },
    );
  }

  /** Adds a field error and propagates null. False if the slot is non-null, so that an outer slot is null instead. */
  handleFieldError(error: unknown, slot: Slot): boolean {
    if (this.#errors.length < MAX_ERRORS) this.#errors.push(locatedError(error, undefined, pathTo(slot)));
    return propagateNull(slot);
  }

  /** The result; a promise if values are pending. */
  result(): ExecutionResult | Promise<ExecutionResult> {
    if (this.#pendingCount === 0) return this.#buildResult();
    return new Promise((resolve) => {
      this.#onSettled = resolve;
    });
  }

  #settle(): void {
    this.#pendingCount--;
    if (this.#pendingCount === 0) this.#onSettled?.(this.#buildResult());
  }

  #buildResult(): ExecutionResult {
    if (this.checkLimits() && this.#deadline < Number.POSITIVE_INFINITY) this.#checkDeadline();
    if (this.#budget) this.#budget.left -= this.size;
    if (this.#abortError) return { errors: [this.#abortError] };
    const data = this.response['data'] as Record<string, unknown> | null;
    return this.#errors.length > 0 ? { errors: this.#errors, data } : { data };
  }
}
