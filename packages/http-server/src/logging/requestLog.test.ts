import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/testServer.js';
import { isSampled } from './requestLog.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const query = 'query ($of: String) { castle(of: $of) }';
const NEVER = { sampleRate: 0, slowMs: 60_000 };

async function idsLoggedOf(requestLog: { sampleRate: number; slowMs: number }): Promise<unknown[]> {
  const running = await startTestServer(
    ({ of }) => (of === 'failing' ? { data: { castle: null }, errors: [{ message: 'No castle.' }] } : { data: {} }),
    { requestLog },
  );
  server = running;
  for (const of of ['well', 'failing'])
    await (await running.post({ query, variables: { of } }, { 'x-request-id': of })).text();
  await (await running.post('{', { 'x-request-id': 'invalid' })).text();
  await vi.waitFor(() => expect(running.requests().length).toBeGreaterThan(1));
  return running.requests().map(({ requestId }) => requestId);
}

describe('the request log', () => {
  it('has every request by default', async () => {
    expect(await idsLoggedOf({ ...NEVER, sampleRate: 1 })).toEqual(['well', 'failing', 'invalid']);
  });

  it('always has requests with errors, also with status 200', async () => {
    expect(await idsLoggedOf(NEVER)).toEqual(['failing', 'invalid']);
  });

  it('always has slow requests', async () => {
    expect(await idsLoggedOf({ sampleRate: 0, slowMs: 0 })).toEqual(['well', 'failing', 'invalid']);
  });

  it('has about the given share of requests, the same ones in every process', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `request-${index}`);
    const sampled = ids.filter((id) => isSampled(id, 0.1));

    expect(sampled.length).toBeGreaterThan(800);
    expect(sampled.length).toBeLessThan(1_200);
    expect(sampled.every((id) => isSampled(id, 0.2))).toBe(true);
    expect(ids.filter((id) => isSampled(id, 0))).toEqual([]);
  });
});
