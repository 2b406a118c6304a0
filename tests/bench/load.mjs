import { Pool } from 'undici';

/** Number of clients in the comparison. */
const CONNECTIONS = 32;
/** Longer than a target is idle while others are measured, so that no connection is opened during a measurement. */
const KEEP_ALIVE_MS = 60_000;

/**
 * Sends requests for a number of seconds over keep-alive connections, one at a time on each. Returns the number of responses and
 * the median and 99th percentile of their times in milliseconds.
 */
export async function load(url, bodies, seconds, connections = CONNECTIONS) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const times = [];
  let next = 0;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const worker = async () => {
    while (performance.now() < until) {
      const body = bodies[next++ % bodies.length];
      const sentAt = performance.now();
      await post(pool, pathname, body);
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = (performance.now() - startedAt) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: times.length / took,
    median: times[times.length >> 1] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

/** A client whose connections stay open between batches. */
export function createClient(url, connections = CONNECTIONS) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, keepAliveTimeout: KEEP_ALIVE_MS, keepAliveMaxTimeout: KEEP_ALIVE_MS });
  return {
    /** Sends each request once, one at a time on each connection. Returns the seconds until all responses have arrived. */
    async send(bodies) {
      let next = 0;
      const startedAt = performance.now();
      const worker = async () => {
        while (next < bodies.length) await post(pool, pathname, bodies[next++]);
      };
      await Promise.all(Array.from({ length: connections }, worker));
      return (performance.now() - startedAt) / 1000;
    },
    close: () => pool.destroy(),
  };
}

async function post(pool, path, body) {
  const response = await pool.request({ path, method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const text = await response.body.text();
  if (response.statusCode !== 200 || text.includes('"errors"'))
    throw new Error(`${response.statusCode}: ${text.slice(0, 300)}`);
}

export async function sendOne(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return response.text();
}
