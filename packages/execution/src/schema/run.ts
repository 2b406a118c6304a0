import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';
import type { Selecting } from '../collect.js';
import { pathTo, putNull, type Slot } from './slot.js';

/** What is known before a document is run, however often. */
export interface Compiled {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  selecting: Selecting;
}

/** What one run may take; beyond, it is given up as a whole, with an error that has a code. */
export interface RunLimits {
  /** Characters that keys and values of its result may take; they are subtracted once it is done. */
  budget?: { left: number };
  /** When it has to be done, by `performance.now()`. */
  deadline?: number;
}

/** Errors of one run at most: a list may fail at any number of places. */
const MAX_ERRORS = 1000;
/** Objects completed between two looks at the clock. */
const OBJECTS_PER_LOOK = 256;

/** One run of a document: counts what is still awaited and how large the response is, and gathers errors. */
export class SchemaRun {
  readonly compiled: Compiled;
  readonly variables: Record<string, unknown>;
  readonly context: unknown;
  readonly answer: Record<string, unknown> = {};
  /** Characters of keys and values so far. */
  size = 0;
  readonly #budget: { left: number } | null;
  readonly #deadline: number;
  readonly #errors: GraphQLError[] = [];
  #givenUp: GraphQLError | null = null;
  #objects = 0;
  #awaited = 0;
  #done: ((result: ExecutionResult) => void) | null = null;

  constructor(
    compiled: Compiled,
    variables: Record<string, unknown>,
    context: unknown,
    { budget, deadline = Number.POSITIVE_INFINITY }: RunLimits,
  ) {
    this.compiled = compiled;
    this.variables = variables;
    this.context = context;
    this.#budget = budget ?? null;
    this.#deadline = deadline;
  }

  /** Asked before each object is completed: false once the run takes more than it may. */
  mayGoOn(): boolean {
    if (this.#givenUp) return false;
    if (this.#isTooLarge())
      this.#giveUp('RESPONSE_TOO_LARGE', 'The response is too large; select fewer fields or ask for smaller pages.');
    else if (++this.#objects % OBJECTS_PER_LOOK === 0) this.#checkDeadline();
    return this.#givenUp === null;
  }

  #checkDeadline(): void {
    if (performance.now() > this.#deadline)
      this.#giveUp('OPERATION_TIMEOUT', 'The operation took too long; select fewer fields or ask for smaller pages.');
  }

  #isTooLarge(): boolean {
    return this.#budget !== null && this.size > this.#budget.left;
  }

  #giveUp(code: string, message: string): void {
    this.#givenUp = new GraphQLError(message, { extensions: { code } });
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
    if (this.#errors.length < MAX_ERRORS) this.#errors.push(locatedError(error, undefined, pathTo(slot)));
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
    if (this.mayGoOn() && this.#deadline < Number.POSITIVE_INFINITY) this.#checkDeadline();
    if (this.#budget) this.#budget.left -= this.size;
    if (this.#givenUp) return { errors: [this.#givenUp] };
    const data = this.answer['data'] as Record<string, unknown> | null;
    return this.#errors.length > 0 ? { errors: this.#errors, data } : { data };
  }
}
