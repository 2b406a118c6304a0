import { type ExecutionResult, type GraphQLError, type GraphQLSchema, locatedError, type OperationDefinitionNode } from 'graphql';
import type { Selecting } from '../collect.js';
import { pathTo, putNull, type Slot } from './slot.js';

/** What is known before a document is run, however often. */
export interface Compiled {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  selecting: Selecting;
}

/** One run of a document: counts what is still awaited, and gathers what went wrong. */
export class SchemaRun {
  readonly compiled: Compiled;
  readonly variables: Record<string, unknown>;
  readonly context: unknown;
  readonly answer: Record<string, unknown> = {};
  readonly #errors: GraphQLError[] = [];
  #awaited = 0;
  #done: ((result: ExecutionResult) => void) | null = null;

  constructor(compiled: Compiled, variables: Record<string, unknown>, context: unknown) {
    this.compiled = compiled;
    this.variables = variables;
    this.context = context;
  }

  /** Has a value completed when it is there. A null that comes up then goes to the slots outside by itself. */
  await(promise: PromiseLike<unknown>, slot: Slot, complete: (value: unknown) => void): void {
    this.#awaited++;
    promise.then(
      (value) => {
        complete(value);
        this.#settle();
      },
      (error: unknown) => {
        this.fail(error, slot);
        this.#settle();
      },
    );
  }

  /** Tells of an error and puts null in its place; false where that null is not in the slot itself. */
  fail(error: unknown, slot: Slot): boolean {
    this.#errors.push(locatedError(error, undefined, pathTo(slot)));
    return putNull(slot);
  }

  /** The result; a promise of it while something is awaited. */
  result(): ExecutionResult | Promise<ExecutionResult> {
    if (this.#awaited === 0) return this.#result();
    return new Promise((done) => {
      this.#done = done;
    });
  }

  #settle(): void {
    this.#awaited--;
    if (this.#awaited === 0) this.#done?.(this.#result());
  }

  #result(): ExecutionResult {
    const data = this.answer['data'] as Record<string, unknown> | null;
    return this.#errors.length > 0 ? { errors: this.#errors, data } : { data };
  }
}
