import { expect } from 'vitest';
import { exchange, postQuery, type RawResponse } from './exchange.js';
import type { Target } from './processes.js';

const MAX_RESPONSE_MS = 2_000;
const MAX_NEXT_MS = 500;
const MAX_BYTES = 64 * 1024;
/** Maximum number of errors in a response, and length of a message. */
const MAX = { errors: 50, message: 600 };

/** Paths, files, SQL, stacks, internal addresses and library messages, which clients must not see. */
const LEAKS =
  /\/(tmp|work|usr|home|root|srv|var|app)\/|node_modules|\.[cm]?[jt]s\b|\.sqlite|SQLITE_|select .+ from |\bfts5?\b|no such (table|column)|\n\s+at |stacktrace|(127\.0\.0\.1|localhost):\d|ECONN|ENOENT|FST_ERR|HPE_|TypeError|RangeError|undefined is not|Cannot read prop/i;

const CODE = /^[A-Z][A-Z0-9_]+$/;

/** The error codes of all responses so far. */
export const codesSeen = new Set<string>();

/** Checks what holds for every response, whatever its body is. */
function checkLimits({ status, headers, text, milliseconds }: RawResponse, slack: number): void {
  expect(status, text.slice(0, 300)).toBeLessThan(500);
  expect(milliseconds).toBeLessThan(MAX_RESPONSE_MS + slack);
  expect(Buffer.byteLength(text)).toBeLessThan(MAX_BYTES);
  expect(`${JSON.stringify(headers)} ${text}`).not.toMatch(LEAKS);
  expect(headers['x-request-id']).toMatch(/^[\w.:-]{1,64}$/);
}

/** Checks an error that a browser gets as a page: it says something, runs nothing and leads to pages of the server only. */
export function checkErrorPage(answer: RawResponse, slack = 0): void {
  checkLimits(answer, slack);
  const { headers, text } = answer;
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(text).toMatch(/<h1>[\w ]+<\/h1>\n<p>[^<>]+<\/p>/);
  expect(text).not.toMatch(/<script|<img|\son\w+=/i);
  for (const [, href] of text.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(\.\.\/)*(\.\/|reader\/)?$/);
}

/** Checks the invariants of every other response, whatever the request. */
export function checkResponse(answer: RawResponse, slack = 0): void {
  checkLimits(answer, slack);
  const { status, headers, text } = answer;
  const shown = text.slice(0, 300);
  if (status === 204) return;
  // A browser gets the page; nothing is executed.
  if (status === 302) {
    expect([headers['location'], text]).toEqual([expect.stringMatching(/^\/(\?|$)/), '']);
    return;
  }
  expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  const {
    data,
    errors = [],
    ...rest
  } = JSON.parse(text) as { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };
  if (!('status' in rest)) expect(data !== undefined || errors.length > 0, shown).toBe(true);
  if (status >= 400) expect([errors.length > 0, data], shown).toEqual([true, undefined]);
  expect(errors.length).toBeLessThanOrEqual(MAX.errors);
  for (const { message, extensions } of errors) {
    expect(message).toBeTruthy();
    expect(message.length).toBeLessThanOrEqual(MAX.message);
    // Invalid input is a client error, not a failure of the server.
    expect(extensions?.code, shown).not.toBe('INTERNAL_SERVER_ERROR');
    expect(extensions?.code, shown).toMatch(CODE);
    codesSeen.add(extensions?.code ?? '');
  }
}

/** Checks that the process responds to a simple request at once. */
export async function checkResponsive({ port, name }: Target): Promise<void> {
  const next = await exchange(port, [postQuery('{ __typename }')]);
  expect(next?.text, `${name} does not answer the next request`).toBe('{"data":{"__typename":"Query"}}\n');
  expect(next?.milliseconds).toBeLessThan(MAX_NEXT_MS);
}

/** Checks that the request is logged exactly once. */
export async function checkLogged({ linesOf }: Target, { headers }: RawResponse): Promise<void> {
  const id = headers['x-request-id'] ?? '';
  for (let waited = 0; linesOf(id) === 0 && waited < 500; waited++) await new Promise((later) => setTimeout(later, 1));
  expect(linesOf(id), `lines of ${id}`).toBe(1);
}
