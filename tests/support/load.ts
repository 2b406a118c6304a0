import { Agent, request } from 'undici';

export interface Load {
  /** Answers that are whole, and how many connections were asked to close. */
  whole: number;
  closing: number;
  /** Everything else that a client got, in words. */
  lost: string[];
  /** Distinct values of `x-dossier-revision`, in the order they came. */
  revisions: string[];
  stop: () => Promise<void>;
}

/**
 * Asks one after the other on some kept connections until it is stopped, or until nobody listens any more: a connection
 * that is refused was never taken, and loses nobody's request.
 */
export function load(
  url: string,
  query: string,
  isWhole: (data: Record<string, unknown>) => boolean,
  connections = 4,
): Load {
  const agent = new Agent({ connections, pipelining: 1, keepAliveTimeout: 60_000 });
  const result: Load = { whole: 0, closing: 0, lost: [], revisions: [], stop: async () => {} };
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
    if (statusCode === 200 && data && !errors && isWhole(data)) result.whole++;
    else result.lost.push(`${statusCode} ${text.slice(0, 300)}`);
    if (headers.connection === 'close') result.closing++;
    const revision = String(headers['x-dossier-revision'] ?? '');
    if (result.revisions.at(-1) !== revision && !result.revisions.includes(revision)) result.revisions.push(revision);
  };
  const client = async (first: number): Promise<void> => {
    for (let variant = first; !isStopped; variant++) {
      try {
        await ask(variant);
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        if (code === 'ECONNREFUSED') return;
        result.lost.push(`${code} ${message}`);
        if (result.lost.length > 20) return;
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
