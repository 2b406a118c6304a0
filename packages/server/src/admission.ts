import { type Limit, LimitExceeded, OperationGuard, type OperationLimits, WrongPage } from '@dossier/limits';
import type { FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { type Asked, askedBy, askFor, isObject } from './asked.js';
import type { ServerCode } from './catalogue.js';
import { RequestFault } from './faults.js';
import { type DocumentOptions, PersistedDocuments } from './persisted.js';

export interface AdmissionOptions extends DocumentOptions {
  /** How large an operation may be; without it, no limit but the body's. */
  limits?: OperationLimits;
  /** Bytes of a request's variables, as JSON, at most; without it, no limit but the body's. */
  variablesBytes?: number;
}

export interface Admitted {
  /** What is asked for, with its document as text; null where that cannot be read. */
  asked: Asked | null;
  /** Objects that the answer may hold; 0 where nobody counts. */
  cost: number;
}

const CODES: Record<Limit, ServerCode> = {
  tokens: 'OPERATION_TOO_LONG',
  depth: 'OPERATION_TOO_DEEP',
  aliases: 'OPERATION_TOO_MANY_ALIASES',
  rootFields: 'OPERATION_TOO_MANY_ROOT_FIELDS',
  directives: 'OPERATION_TOO_MANY_DIRECTIVES',
  selections: 'OPERATION_TOO_LARGE',
  cost: 'OPERATION_TOO_COSTLY',
  nesting: 'OPERATION_TOO_DEEP',
  name: 'OPERATION_TOO_LONG',
};

/** What a request to `/graphql` has to pass before anything of it is validated or run: its document is found, and is not too large. */
export class Admission {
  readonly #documents: PersistedDocuments;
  readonly #guard: OperationGuard | null;
  readonly #variablesBytes: number;

  constructor({ limits, variablesBytes = Number.POSITIVE_INFINITY, ...documents }: AdmissionOptions) {
    this.#documents = new PersistedDocuments(documents);
    this.#guard = limits ? new OperationGuard(limits) : null;
    this.#variablesBytes = variablesBytes;
  }

  /** Counts against this schema from now on, and by what the graph behind it says that things cost. */
  use(schema: GraphQLSchema, supergraphSdl: string): void {
    this.#guard?.use(schema, supergraphSdl);
  }

  /** Throws a RequestFault where the request is refused. What is no GraphQL passes: Apollo Server says what is wrong with it. */
  admit(request: FastifyRequest): Admitted {
    const asked = askedBy(request);
    if (!asked) return { asked: null, cost: 0 };
    const found = this.#documents.resolve(asked);
    const cost = this.#checkSize(found, request);
    if (found !== asked) {
      askFor(request, found);
      this.#documents.keep(asked, found.query as string);
    }
    return { asked: found, cost };
  }

  #checkSize({ query, operationName, variables }: Asked, request: FastifyRequest): number {
    if (isObject(variables) && mayExceed(request, this.#variablesBytes)) {
      const bytes = Buffer.byteLength(JSON.stringify(variables));
      if (bytes > this.#variablesBytes) throw new RequestFault('VARIABLES_TOO_LARGE', `The variables are ${bytes} bytes of JSON; expected at most ${this.#variablesBytes}.`);
    }
    if (typeof query !== 'string' || !this.#guard) return 0;
    try {
      return this.#guard.check(query, typeof operationName === 'string' ? operationName : null, isObject(variables) ? variables : {});
    } catch (error) {
      if (error instanceof WrongPage) throw new RequestFault('BAD_USER_INPUT', error.message);
      throw error instanceof LimitExceeded ? new RequestFault(CODES[error.limit], error.message) : error;
    }
  }
}

/** Whether a request's variables may be larger than `bytes`, by what it says of its body. */
function mayExceed({ headers }: FastifyRequest, bytes: number): boolean {
  const length = headers['content-length'];
  return Number.isFinite(bytes) && (length === undefined || headers['content-encoding'] !== undefined || Number(length) > bytes);
}
