import type { RequestContext } from './requestContext.js';

/** One run that several clients wait for. It is aborted when all of them went away. */
export class SharedRun<Answer> {
  readonly answer: Promise<Answer>;
  readonly #gone = new AbortController();
  #waiting = 0;

  constructor({ requestId }: RequestContext, run: (context: RequestContext) => Promise<Answer>) {
    this.answer = run({ requestId, signal: this.#gone.signal });
  }

  get isAborted(): boolean {
    return this.#gone.signal.aborted;
  }

  /** One more waits for the answer. */
  join({ signal }: RequestContext): Promise<Answer> {
    this.#waiting++;
    const leave = () => {
      if (--this.#waiting === 0) this.#gone.abort();
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return this.answer;
  }
}
