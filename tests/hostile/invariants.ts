import { expect } from 'vitest';
import { type Answer, ask, exchange } from './exchange.js';
import type { Target } from './processes.js';

const ANSWER_MS = 2_000;
const NEXT_MS = 500;
const BYTES = 64 * 1024;
/** Errors of one answer, and characters of a message, at most. */
const MOST = { errors: 50, message: 600 };

/** Paths, files, SQL, stacks, addresses inside, words of libraries: nothing that a client should read. */
const LEAKS =
  /\/(tmp|work|usr|home|root|srv|var|app)\/|node_modules|\.[cm]?[jt]s\b|\.sqlite|SQLITE_|select .+ from |\bfts5?\b|no such (table|column)|\n\s+at |stacktrace|(127\.0\.0\.1|localhost):\d|ECONN|ENOENT|FST_ERR|HPE_|TypeError|RangeError|undefined is not|Cannot read prop/i;

const CODE = /^[A-Z][A-Z0-9_]+$/;

/** Codes that answers were seen to have. */
export const codesSeen = new Set<string>();

/** What every answer holds to, whatever was asked. */
export function checkAnswer(answer: Answer, slack = 0): void {
  const { status, headers, text, milliseconds } = answer;
  const shown = text.slice(0, 300);
  expect(status, shown).toBeLessThan(500);
  expect(milliseconds).toBeLessThan(ANSWER_MS + slack);
  expect(Buffer.byteLength(text)).toBeLessThan(BYTES);
  expect(`${JSON.stringify(headers)} ${text}`).not.toMatch(LEAKS);
  expect(headers['x-request-id']).toMatch(/^[\w.:-]{1,64}$/);
  if (status === 204) return;
  expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  const {
    data,
    errors = [],
    ...rest
  } = JSON.parse(text) as { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };
  if (!('status' in rest)) expect(data !== undefined || errors.length > 0, shown).toBe(true);
  if (status >= 400) expect([errors.length > 0, data], shown).toEqual([true, undefined]);
  expect(errors.length).toBeLessThanOrEqual(MOST.errors);
  for (const { message, extensions } of errors) {
    expect(message).toBeTruthy();
    expect(message.length).toBeLessThanOrEqual(MOST.message);
    // Whoever sends what is wrong is told so: it is nothing that the server failed at.
    expect(extensions?.code, shown).not.toBe('INTERNAL_SERVER_ERROR');
    expect(extensions?.code, shown).toMatch(CODE);
    codesSeen.add(extensions?.code ?? '');
  }
}

/** The process is well: it answers a plain request at once. */
export async function checkNext({ port, name }: Target): Promise<void> {
  const next = await exchange(port, [ask('{ __typename }')]);
  expect(next?.text, `${name} does not answer the next request`).toBe('{"data":{"__typename":"Query"}}\n');
  expect(next?.milliseconds).toBeLessThan(NEXT_MS);
}

/** The request stands in the log, once. */
export async function checkLogged({ linesOf }: Target, { headers }: Answer): Promise<void> {
  const id = headers['x-request-id'] ?? '';
  for (let waited = 0; linesOf(id) === 0 && waited < 50; waited++) await new Promise((later) => setTimeout(later, 10));
  expect(linesOf(id), `lines of ${id}`).toBe(1);
}
