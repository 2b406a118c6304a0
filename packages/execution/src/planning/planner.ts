import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import type { PlannerData, PlannerMessage } from './messages.js';
import { PlanningError } from './planningError.js';

export interface PlannerOptions {
  /** Plans compared for one operation at most. */
  maxEvaluatedPlans: number;
  /** Ways to reach one field that are followed at most; beyond, the operation is rejected. */
  maxPaths: number;
  /** Milliseconds that one plan may take. */
  maxPlanMs: number;
  /** Operations that may wait for a plan. */
  maxWaiting: number;
  /** Called for each plan with the time that it took. */
  onPlanned?: (milliseconds: number, plan: QueryPlan) => void;
}

/** A program of this package, run from its build also where sources are run. */
const THREAD = new URL('../../dist/planning/thread.js', import.meta.url);
/** A plan that needs more heap than this ends the thread, not the process. */
const MAX_HEAP_MB = 256;

interface Job {
  source: string;
  overrides: readonly string[];
  resolve: (plan: QueryPlan) => void;
  reject: (error: Error) => void;
}

/**
 * Plans operations in a thread of its own, one after the other, each within a deadline, so that a plan never delays a
 * request that needs none. A thread that is late or out of memory is replaced, and the operation that it was planning is
 * rejected.
 */
export class Planner {
  /** SDL of the API schema. */
  readonly apiSdl: string;
  readonly #options: PlannerOptions;
  readonly #data: PlannerData;
  #worker: Worker | null;
  #waiting: Job[] = [];
  #current: { id: number; job: Job; timer: NodeJS.Timeout } | null = null;
  #count = 0;
  #isClosed = false;
  #isStarting = false;

  private constructor(worker: Worker, apiSdl: string, data: PlannerData, options: PlannerOptions) {
    this.apiSdl = apiSdl;
    this.#data = data;
    this.#options = options;
    this.#worker = this.#adopt(worker);
  }

  /** A planner of a supergraph. Rejects with an Error that says why if the SDL is not a supergraph. */
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

  /** Plans an operation, with the labels of `@override` that apply. Rejects with a PlanningError. */
  plan(source: string, overrides: readonly string[] = []): Promise<QueryPlan> {
    if (this.#isClosed) return Promise.reject(new PlanningError('BUSY', 'The server is stopping.'));
    if (this.#waiting.length >= this.#options.maxWaiting)
      return Promise.reject(
        new PlanningError('BUSY', 'Too many operations that were not sent before are waiting to be planned.'),
      );
    return new Promise((resolve, reject) => {
      this.#waiting.push({ source, overrides, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread. Operations that wait for a plan are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    if (this.#current) this.#waiting.unshift(this.#current.job);
    this.#clearCurrent();
    this.#rejectWaiting(new PlanningError('BUSY', 'The server is stopping.'));
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current || this.#waiting.length === 0) return;
    if (!this.#worker) {
      if (!this.#isStarting && !this.#isClosed) this.#restart();
      return;
    }
    const job = this.#waiting.shift() as Job;
    const id = ++this.#count;
    const timer = setTimeout(
      () => this.#replace(`The operation cannot be planned within ${this.#options.maxPlanMs} ms.`),
      this.#options.maxPlanMs,
    );
    this.#current = { id, job, timer };
    this.#worker.postMessage({ id, source: job.source, overrides: job.overrides });
  }

  #adopt(worker: Worker): Worker {
    // Plans are only waited for by requests, which keep the process alive themselves.
    worker.unref();
    worker.on('message', (message: PlannerMessage) => this.#receive(message));
    worker.on(
      'error',
      () =>
        worker === this.#worker && this.#replace('The operation cannot be planned within the memory of the planner.'),
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
            ? `The operation can be planned in more than ${this.#options.maxPaths} ways; expected fewer.`
            : reason,
        ),
      );
    }
    this.#next();
  }

  /** Gives up a thread that is late or broken; another is started for what waits. */
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
        else this.#worker = this.#adopt(worker);
      })
      // The next operation to be planned tries again.
      .catch((error: Error) => this.#rejectWaiting(new PlanningError('FAILED', error.message)))
      .finally(() => {
        this.#isStarting = false;
        this.#next();
      });
  }

  #rejectWaiting(error: PlanningError): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
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
