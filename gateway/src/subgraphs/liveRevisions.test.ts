import { describe, expect, it } from 'vitest';
import { LiveRevisions } from './liveRevisions.js';

const SECOND = 1_000;

/** The number of changes after each response; a response is its revision and its time in seconds. */
function changesAfter(...responses: [revision: string, seconds: number][]): number[] {
  let now = 0;
  const live = new LiveRevisions(() => now);
  return responses.map(([revision, seconds]) => {
    now = seconds * SECOND;
    live.observe(revision);
    return live.changes;
  });
}

describe('cached responses of a service', () => {
  it('are outdated by a new revision at once', () => {
    expect(changesAfter(['a', 0], ['a', 1], ['b', 2], ['b', 3])).toEqual([1, 1, 2, 2]);
  });

  it('are not outdated again when a replaced revision has not been received for long', () => {
    expect(changesAfter(['a', 0], ['b', 2], ['b', 50], ['b', 51])).toEqual([1, 2, 2, 2]);
  });

  it('remain while replicas alternate', () => {
    expect(changesAfter(['a', 0], ['b', 1], ['a', 2], ['b', 3], ['a', 4])).toEqual([1, 2, 2, 2, 2]);
  });

  it('are outdated when replicas no longer alternate', () => {
    expect(changesAfter(['a', 0], ['b', 1], ['a', 2], ['b', 20], ['b', 40])).toEqual([1, 2, 2, 2, 3]);
  });

  it('are outdated by a revision that was replaced long ago', () => {
    expect(changesAfter(['a', 0], ['b', 1], ['b', 60], ['a', 61])).toEqual([1, 2, 2, 3]);
  });
});
