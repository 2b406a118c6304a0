import type { ServerResponse } from 'node:http';

/** What those who run an operation know of the request. */
export interface RequestContext {
  /** As in the log. */
  requestId: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The context of one client's request. What comes from a cache never asks for its signal, and is spared it. */
export class ClientContext implements RequestContext {
  readonly requestId: string;
  readonly #response: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(requestId: string, response: ServerResponse) {
    this.requestId = requestId;
    this.#response = response;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      const gone = new AbortController();
      const response = this.#response;
      const close = () => {
        if (!response.writableFinished) gone.abort();
      };
      if (response.destroyed) close();
      else response.once('close', close);
      this.#signal = gone.signal;
    }
    return this.#signal;
  }
}
