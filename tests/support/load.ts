import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** Pause of each connection between two requests, in milliseconds: leaves the program some CPU time for what is tested. */
const PAUSE_MS = 3;

export interface Load {
  /** Number of complete responses, and of responses with `connection: close`. */
  complete: number;
  closeHeaders: number;
  /** All other responses and errors, as text. */
  failures: string[];
  /** Distinct values of `x-dossier-revision`, in order of arrival. */
  revisions: string[];
  stop: () => Promise<void>;
}

/**
 * Sends requests one by one on each of several keep-alive connections, until it is stopped or the port is closed. A refused
 * connection does not count as a failure, because no request was accepted on it.
 */
export function startLoad(
  url: string,
  query: string,
  isComplete: (data: Record<string, unknown>) => boolean,
  connections = 4,
): Load {
  const agent = new Agent({ connections, pipelining: 1, keepAliveTimeout: 60_000 });
  const result: Load = { complete: 0, closeHeaders: 0, failures: [], revisions: [], stop: async () => {} };
  let isStopped = false;
  const ask = async (variant: number): Promise<void> => {
    const body = JSON.stringify({ query: query.replace('VARIANT', String(variant % 50)) });
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher: agent,
    });
    const text = await answer.text();
    const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: unknown[] };
    if (statusCode === 200 && data && !errors && isComplete(data)) result.complete++;
    else result.failures.push(`${statusCode} ${text.slice(0, 300)}`);
    if (headers.connection === 'close') result.closeHeaders++;
    const revision = String(headers['x-dossier-revision'] ?? '');
    if (result.revisions.at(-1) !== revision && !result.revisions.includes(revision)) result.revisions.push(revision);
  };
  const client = async (first: number): Promise<void> => {
    for (let variant = first; !isStopped; variant++) {
      try {
        await ask(variant);
        await sleep(PAUSE_MS);
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        if (code === 'ECONNREFUSED') return;
        result.failures.push(`${code} ${message}`);
        if (result.failures.length > 20) return;
      }
    }
  };
  const clients = Promise.all(Array.from({ length: connections }, (_, index) => client(index * 13)));
  result.stop = async () => {
    isStopped = true;
    await clients;
    await agent.close();
  };
  return result;
}
