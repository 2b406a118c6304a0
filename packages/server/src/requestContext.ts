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
  // Not private to the language: Apollo Server works on a copy.
  private readonly response: ServerResponse;
  private made: AbortSignal | undefined;

  constructor(requestId: string, response: ServerResponse) {
    this.requestId = requestId;
    this.response = response;
  }

  get signal(): AbortSignal {
    if (!this.made) {
      const gone = new AbortController();
      const { response } = this;
      const close = () => {
        if (!response.writableFinished) gone.abort();
      };
      if (response.destroyed) close();
      else response.once('close', close);
      this.made = gone.signal;
    }
    return this.made;
  }
}
