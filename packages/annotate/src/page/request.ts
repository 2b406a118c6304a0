import type { ErrorAnswer } from '../api.js';

/** An error that the server returned. */
export class ServerError extends Error {
  readonly code: string;
  readonly status: number;
  constructor({ code, message }: ErrorAnswer['error'], status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ServerError(
      { code: 'UNREACHABLE', message: 'The server does not respond. Is "npm run annotate" still running?' },
      0,
    );
  }
  const body = (await response.json()) as T & Partial<ErrorAnswer>;
  if (response.ok) return body;
  throw new ServerError(
    body.error ?? { code: 'UNKNOWN', message: `The server answered ${response.status}.` },
    response.status,
  );
}

export const get = <T>(path: string): Promise<T> => send(path, {});

export const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> =>
  send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
