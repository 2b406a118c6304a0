import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/** What those who run an operation know of the request. */
export interface RequestContext {
  /** As in the log. */
  requestId: string;
  /** When the request began, by `performance.now()`. */
  readonly startedAt: number;
  /** Characters that its fetches may still bring: what they bring is held until the response is made. */
  readonly budget: { left: number };
  /** The client's headers that may be sent on, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when nobody waits for the answer any more. Made when it is asked for: few runs need one, and it costs as much as a small answer. */
  readonly signal: AbortSignal;
}

/** What any number of fetches of one request may listen to. */
export function abortable(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Calls back if a client goes away before it has its answer. */
export function whenGone(response: ServerResponse, gone: () => void): void {
  if (response.destroyed && !response.writableFinished) gone();
  else
    response.once('close', () => {
      if (!response.writableFinished) gone();
    });
}

/** The context of one client's request. */
export class ClientContext implements RequestContext {
  readonly requestId: string;
  readonly startedAt = performance.now();
  readonly budget: { left: number };
  readonly headers: Readonly<Record<string, string>>;
  // Not private to the language: Apollo Server works on a copy.
  readonly response: ServerResponse;
  private made: AbortSignal | undefined;

  constructor(
    requestId: string,
    response: ServerResponse,
    budget: number,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.headers = headers;
    this.requestId = requestId;
    this.budget = { left: budget };
    this.response = response;
  }

  get signal(): AbortSignal {
    if (!this.made) {
      const gone = abortable();
      whenGone(this.response, () => gone.abort());
      this.made = gone.signal;
    }
    return this.made;
  }
}
