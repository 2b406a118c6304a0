import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from './errors.js';

/** A folder or an HTTP server with published stores. */
export interface PublishedStores {
  /** Where a path is, for messages; without credentials. */
  locate: (path: string) => string;
  /** Reads a file from a position to its end. Rejects with a StoreError if a retry is pointless, otherwise with another error. */
  read: (path: string, start: number, idleMs: number) => AsyncIterable<Uint8Array>;
}

/** Finds published stores by the URL or path of their folder; `resolvePath` makes a relative path absolute. */
export function publishedStores(base: string, resolvePath: (path: string) => string = resolve): PublishedStores {
  if (/^https?:\/\//i.test(base)) {
    if (!URL.canParse(base)) throw new StoreError('UNAVAILABLE', `The address of the stores is not a valid URL.`);
    return onServer(new URL(base));
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(base))
    throw new StoreError(
      'UNAVAILABLE',
      `"${base.split(':', 1)[0]}:" is not supported; expected an http or https URL, or a folder.`,
    );
  return inFolder(resolvePath(base));
}

function inFolder(folder: string): PublishedStores {
  const locate = (path: string) => resolve(folder, path);
  return {
    locate,
    read: async function* (path, start) {
      try {
        yield* createReadStream(locate(path), { start });
      } catch (error) {
        throw new StoreError(
          'UNAVAILABLE',
          `${locate(path)} cannot be read (${(error as NodeJS.ErrnoException).code}); expected a folder that "backup <folder> --artifact" wrote.`,
        );
      }
    },
  };
}

/** Statuses that a later request may not get. */
const isTransient = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

function onServer(base: URL): PublishedStores {
  // fetch rejects URLs with credentials, and its message would print them.
  const { username, password } = base;
  const authorization =
    username || password ? `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}` : null;
  const urlOf = (path: string): URL => {
    const url = new URL(base);
    url.username = '';
    url.password = '';
    url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path}`;
    return url;
  };
  // A query may be a signature.
  const locate = (path: string) => `${urlOf(path).origin}${urlOf(path).pathname}`;
  return {
    locate,
    read: async function* (path, start, idleMs) {
      const controller = new AbortController();
      const timeout = () => setTimeout(() => controller.abort(new Error(`no data for ${idleMs} ms`)), idleMs);
      let timer = timeout();
      try {
        const response = await fetch(urlOf(path), {
          signal: controller.signal,
          headers: {
            // Ranges are those of the file's own bytes.
            'accept-encoding': 'identity',
            ...(start > 0 && { range: `bytes=${start}-` }),
            ...(authorization !== null && { authorization }),
          },
        });
        checkStatus(response.status, locate(path));
        let skip = startOf(response) === start ? 0 : start;
        for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
          clearTimeout(timer);
          const skipped = Math.min(skip, chunk.length);
          skip -= skipped;
          if (skipped < chunk.length) yield chunk.subarray(skipped);
          timer = timeout();
        }
      } finally {
        clearTimeout(timer);
        controller.abort();
      }
    },
  };
}

function checkStatus(status: number, location: string): void {
  if (status === 200 || status === 206) return;
  if (isTransient(status)) throw new Error(`status ${status}`);
  const meaning =
    status === 404 || status === 410
      ? 'there is no such revision; publish it, or fetch another one'
      : 'expected 200 or 206';
  throw new StoreError('UNAVAILABLE', `${location} cannot be fetched (status ${status}): ${meaning}.`);
}

/** The position of a response's first byte; a server without ranges sends the whole file. Throws an Error if the range is malformed. */
function startOf(response: Response): number {
  if (response.status !== 206) return 0;
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (start === undefined) throw new Error('status 206 without a valid Content-Range');
  return Number(start);
}
