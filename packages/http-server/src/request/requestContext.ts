import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Revisions } from './revisions.js';

/** What an engine knows of the request whose operation it executes. */
export interface RequestContext {
  /** The id that is logged. */
  requestId: string;
  /** When the request started, by `performance.now()`. */
  readonly startedAt: number;
  /** Characters that may still be fetched: what has been fetched is held in memory until the response is complete. */
  readonly budget: { left: number };
  /** The revisions of the stores that have been read. */
  readonly revisions: Revisions;
  /** Headers of the client that may be forwarded to subgraphs, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when all clients have disconnected. Created on first use, since it costs as much as a small response. */
  readonly signal: AbortSignal;
}

/** An AbortController whose signal any number of fetches may listen to. */
export function createAbortController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Calls back if the client disconnects before it has the complete response. */
export function onDisconnect(response: ServerResponse, callback: () => void): void {
  if (response.destroyed && !response.writableFinished) callback();
  else
    response.once('close', () => {
      if (!response.writableFinished) callback();
    });
}

/** The context of the request of one client. */
export class ClientContext implements RequestContext {
  readonly requestId: string;
  readonly startedAt = performance.now();
  readonly revisions = new Revisions();
  readonly budget: { left: number };
  readonly headers: Readonly<Record<string, string>>;
  readonly response: ServerResponse;
  #signal: AbortSignal | undefined;

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
    if (!this.#signal) {
      const controller = createAbortController();
      onDisconnect(this.response, () => controller.abort());
      this.#signal = controller.signal;
    }
    return this.#signal;
  }
}
