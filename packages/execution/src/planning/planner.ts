import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import type { PlannerData, PlannerMessage } from './messages.js';
import { PlanningError } from './planningError.js';

export interface PlannerOptions {
  /** Maximum number of plans compared for one operation. */
  maxEvaluatedPlans: number;
  /** Maximum number of paths to one field; an operation with more is rejected. */
  maxPaths: number;
  /** Deadline for one plan in milliseconds. */
  maxPlanMs: number;
  /** Maximum number of operations in the queue. */
  maxWaiting: number;
  /** Called for each plan with its duration. */
  onPlanned?: (milliseconds: number, plan: QueryPlan) => void;
}

/** A worker needs JavaScript: the built file is used even when the sources are run. */
const THREAD = new URL('../../dist/planning/plannerThread.js', import.meta.url);
/** Heap limit of the thread: exceeding it ends the thread, not the process. */
const MAX_HEAP_MB = 256;

interface Job {
  source: string;
  overrides: readonly string[];
  resolve: (plan: QueryPlan) => void;
  reject: (error: Error) => void;
}

/**
 * Runs Apollo's query planner in a worker thread, so that planning never blocks requests with a cached plan. Operations
 * are planned one at a time, each with a deadline. A thread that misses the deadline or runs out of memory is replaced,
 * and its operation is rejected.
 */
export class Planner {
  /** SDL of the API schema. */
  readonly apiSdl: string;
  readonly #options: PlannerOptions;
  readonly #data: PlannerData;
  #worker: Worker | null;
  #queue: Job[] = [];
  #current: { id: number; job: Job; timer: NodeJS.Timeout } | null = null;
  #lastId = 0;
  #isClosed = false;
  #isStarting = false;

  private constructor(worker: Worker, apiSdl: string, data: PlannerData, options: PlannerOptions) {
    this.apiSdl = apiSdl;
    this.#data = data;
    this.#options = options;
    this.#worker = this.#attach(worker);
  }

  /** Starts a planner for a supergraph. Rejects with an Error with the reason if the SDL is not a supergraph. */
  static async start(supergraphSdl: string, separator: string, options: PlannerOptions): Promise<Planner> {
    const data: PlannerData = {
      supergraphSdl,
      separator,
      maxEvaluatedPlans: options.maxEvaluatedPlans,
      maxPaths: options.maxPaths,
    };
    const { worker, apiSdl } = await startThread(data);
    return new Planner(worker, apiSdl, data, options);
  }

  /** Plans an operation, with the `@override` labels that apply. Rejects with a PlanningError. */
  plan(source: string, overrides: readonly string[] = []): Promise<QueryPlan> {
    if (this.#isClosed) return Promise.reject(new PlanningError('BUSY', 'The server is shutting down.'));
    if (this.#queue.length >= this.#options.maxWaiting)
      return Promise.reject(new PlanningError('BUSY', 'Too many new operations are waiting for a query plan.'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ source, overrides, resolve, reject });
      this.#next();
    });
  }

  /** Terminates the thread. Operations in the queue are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    if (this.#current) this.#queue.unshift(this.#current.job);
    this.#clearCurrent();
    this.#rejectQueue(new PlanningError('BUSY', 'The server is shutting down.'));
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current || this.#queue.length === 0) return;
    if (!this.#worker) {
      if (!this.#isStarting && !this.#isClosed) this.#restart();
      return;
    }
    const job = this.#queue.shift() as Job;
    const id = ++this.#lastId;
    const timer = setTimeout(
      () => this.#replace(`Planning the operation took longer than ${this.#options.maxPlanMs} ms.`),
      this.#options.maxPlanMs,
    );
    this.#current = { id, job, timer };
    this.#worker.postMessage({ id, source: job.source, overrides: job.overrides });
  }

  #attach(worker: Worker): Worker {
    // The requests that wait for a plan keep the process alive.
    worker.unref();
    worker.on('message', (message: PlannerMessage) => this.#receive(message));
    worker.on(
      'error',
      () => worker === this.#worker && this.#replace('Planning the operation needs more memory than the planner has.'),
    );
    return worker;
  }

  #receive(message: PlannerMessage): void {
    if (
      !this.#current ||
      (message.kind !== 'planned' && message.kind !== 'rejected') ||
      message.id !== this.#current.id
    )
      return;
    const { job } = this.#current;
    this.#clearCurrent();
    if (message.kind === 'planned') {
      this.#options.onPlanned?.(message.milliseconds, message.plan);
      job.resolve(message.plan);
    } else {
      const { failure, message: reason } = message;
      job.reject(
        new PlanningError(
          failure,
          failure === 'TOO_COMPLEX'
            ? `A field of the operation can be reached through more than ${this.#options.maxPaths} paths; expected fewer.`
            : reason,
        ),
      );
    }
    this.#next();
  }

  /** Terminates a thread that missed its deadline or failed, and starts another. */
  #replace(reason: string): void {
    const worker = this.#worker;
    const failed = this.#current?.job;
    this.#worker = null;
    this.#clearCurrent();
    void worker?.terminate();
    failed?.reject(new PlanningError('TOO_COMPLEX', reason));
    this.#restart();
  }

  #restart(): void {
    this.#isStarting = true;
    startThread(this.#data)
      .then(({ worker }) => {
        if (this.#isClosed) void worker.terminate();
        else this.#worker = this.#attach(worker);
      })
      // The next call of plan() tries again.
      .catch((error: Error) => this.#rejectQueue(new PlanningError('FAILED', error.message)))
      .finally(() => {
        this.#isStarting = false;
        this.#next();
      });
  }

  #rejectQueue(error: PlanningError): void {
    for (const { reject } of this.#queue.splice(0)) reject(error);
  }

  #clearCurrent(): void {
    if (this.#current) clearTimeout(this.#current.timer);
    this.#current = null;
  }
}

function startThread(workerData: PlannerData): Promise<{ worker: Worker; apiSdl: string }> {
  const worker = new Worker(THREAD, {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    name: 'planner',
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: PlannerMessage) => {
      worker.removeListener('error', reject);
      if (message.kind === 'ready') resolve({ worker, apiSdl: message.apiSdl });
      else {
        void worker.terminate();
        reject(new Error(message.kind === 'unusable' ? message.message : 'The planner did not start.'));
      }
    });
  });
}
