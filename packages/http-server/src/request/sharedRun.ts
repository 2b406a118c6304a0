import { abortable, type ClientContext, type RequestContext, whenGone } from './requestContext.js';

/** One run that several clients wait for. It is aborted when all of them went away. */
export class SharedRun<Answer> implements RequestContext {
  readonly requestId: string;
  readonly startedAt: number;
  readonly budget: { left: number };
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: Promise<Answer>;
  isAborted = false;
  #controller: AbortController | undefined;
  #waiting = 0;

  constructor(
    { requestId, startedAt, budget, headers }: ClientContext,
    run: (context: RequestContext) => Promise<Answer>,
  ) {
    this.requestId = requestId;
    this.startedAt = startedAt;
    this.budget = budget;
    this.headers = headers;
    this.answer = run(this);
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = abortable();
      if (this.isAborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** One more waits for the answer. */
  join({ response }: ClientContext): Promise<Answer> {
    this.#waiting++;
    whenGone(response, () => {
      if (--this.#waiting > 0) return;
      this.isAborted = true;
      this.#controller?.abort();
    });
    return this.answer;
  }
}
