import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogTo } from './log.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aLog() {
  const lines: Record<string, unknown>[] = [];
  return { ...createLogTo({ write: (line) => lines.push(JSON.parse(line)) }, 'castles', 'info'), lines };
}

const fail = (requestId: string, message = 'no such table') => ({ requestId, err: new Error(message) });

it('logs the first of equal errors with its stack, then only how many followed, with the ids of their requests', () => {
  const { log, lines } = aLog();

  for (const id of ['a', 'b', 'c']) log.error(fail(id), 'field failed');
  vi.advanceTimersByTime(10_000);

  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    level: 'error',
    requestId: 'a',
    err: { stack: expect.any(String) },
    msg: 'field failed',
  });
  expect(lines[1]).toMatchObject({
    level: 'error',
    err: 'no such table',
    repeated: 2,
    requestIds: ['b', 'c'],
    msg: 'field failed',
  });
});

it('logs an equal error again after that time, and reports no count if nothing was repeated', () => {
  const { log, lines } = aLog();

  log.error(fail('a'), 'field failed');
  vi.advanceTimersByTime(10_000);
  log.error(fail('b'), 'field failed');
  vi.advanceTimersByTime(10_000);

  expect(lines.map(({ requestId }) => requestId)).toEqual(['a', 'b']);
});

it('logs errors that differ in their message, cause, subgraph or level, but not in their position in a list', () => {
  const { log, lines, flush } = aLog();

  log.error(fail('a'), 'field failed');
  log.error(fail('a', 'disk I/O error'), 'field failed');
  log.error({ subgraph: 'one' }, 'subgraph request failed');
  log.error({ subgraph: 'two' }, 'subgraph request failed');
  log.warn({ subgraph: 'two' }, 'subgraph request failed');
  log.error({ path: ['castles', 1, 'lord'] }, 'field failed');
  log.error({ path: ['castles', 2, 'lord'] }, 'field failed');
  expect(lines).toHaveLength(6);
  flush();

  expect(lines[6]).toMatchObject({ path: ['castles', 'lord'], repeated: 1 });
});

it('logs every entry below the level of warnings', () => {
  const { log, lines } = aLog();

  for (let count = 0; count < 3; count++) log.info({ status: 200 }, 'request');

  expect(lines).toHaveLength(3);
});
