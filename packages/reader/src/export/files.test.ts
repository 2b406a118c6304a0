import { afterEach, describe, expect, it, vi } from 'vitest';
import { cutIn, type Dataset, jsonParts } from './dataset.js';
import { fileOf } from './download.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Parts of a text; `onPart` is called before each. */
function* partsOf(count: number, onPart: (index: number) => void = () => {}): Generator<string> {
  for (let index = 0; index < count; index++) {
    onPart(index);
    yield `${index},`;
  }
}

describe('a file', () => {
  it('has all parts in their order, and others may run while it is written', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    let other = 0;
    const timer = setInterval(() => (other += 1));
    const seen: number[] = [];

    const file = await fileOf(
      partsOf(40, () => seen.push(other)),
      'text/csv',
      new AbortController().signal,
    );
    clearInterval(timer);

    expect(await file.text()).toBe([...partsOf(40)].join(''));
    expect(file.type).toBe('text/csv');
    expect(seen.at(-1)).toBeGreaterThan(0);
  });

  it('is not written to its end once it is aborted', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    const abort = new AbortController();
    let last = 0;
    const parts = partsOf(1000, (index) => {
      last = index;
      if (index === 10) abort.abort();
    });

    await expect(fileOf(parts, 'text/csv', abort.signal)).rejects.toThrow('aborted');

    expect(last).toBeLessThan(20);
  });

  it('in JSON is one object with its records', () => {
    vi.stubGlobal('location', { href: 'http://graph.invalid/reader/said' });
    const about = { operation: 'ReaderStatements', variables: () => ({ filter: null }) } as unknown as Dataset;
    const nodes = [{ id: 'a', summary: 'one\ntwo \u202E "three"', list: [], other: { deep: [1, null] } }, { id: 'b' }];
    const parse = (of: readonly unknown[], totalCount: number) =>
      JSON.parse([...jsonParts(about, {}, { nodes: of, readCount: of.length, totalCount, errors: [] })].join(''));

    expect(parse(nodes, 3)).toMatchObject({ nodes, totalCount: 3, isComplete: false, variables: { filter: null } });
    expect(parse([], 0)).toMatchObject({ nodes: [], isComplete: true });
  });

  it.each([
    [{ readCount: 3, totalCount: 3, errors: [] }, ''],
    [{ readCount: 10_000, totalCount: 59_933, errors: [] }, '-first-10000-of-59933'],
    [{ readCount: 3, totalCount: 3, errors: [{ message: 'down' }] }, '-partial'],
  ])('says in its name what it does not have: %j', (loaded, text) => {
    expect(cutIn({ nodes: [], ...loaded })).toBe(text);
  });
});
