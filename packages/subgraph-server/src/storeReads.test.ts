import { describe, expect, it } from 'vitest';
import { StoreReads } from './storeReads.js';

/** A read that takes longer than a request may read at once. */
const longRead =
  <Value>(value: Value): (() => Value) =>
  () => {
    for (const end = performance.now() + 15; performance.now() < end; );
    return value;
  };

describe('the reads of a request', () => {
  it('are done at once while they take little time', () => {
    const reads = new StoreReads();

    expect([1, 2, 3].map((value) => reads.read(() => value))).toEqual([1, 2, 3]);
  });

  it('wait for a turn of the event loop once they have taken long, in the order in which they came', async () => {
    const reads = new StoreReads();
    const order: unknown[] = [];
    const read = async (value: string) => order.push(await reads.read(longRead(value)));

    const first = read('first');
    setImmediate(() => order.push('another request'));
    await Promise.all([first, read('second'), read('third')]);

    expect(order).toEqual(['first', 'another request', 'second', 'third']);
  });

  it('let short reads of other requests go first, and take turns with long ones', async () => {
    const [large, other, small] = [new StoreReads(), new StoreReads(), new StoreReads()];
    const order: string[] = [];
    const read = async (reads: StoreReads, value: string) => order.push(await reads.read(longRead(value)));

    const all = [
      read(large, 'large 1'),
      read(large, 'large 2'),
      read(large, 'large 3'),
      read(other, 'other 1'),
      read(other, 'other 2'),
    ];
    order.push(await small.read(() => 'small'));
    await Promise.all(all);

    expect(order).toEqual(['large 1', 'other 1', 'small', 'large 2', 'other 2', 'large 3']);
  });

  it.each([
    ['its deadline has passed', { deadline: 0 }],
    ['the client has disconnected', { isAborted: () => true }],
  ])('do not start after a pause if %s', async (_, limits) => {
    const reads = new StoreReads(limits);
    let count = 0;
    const read = async () => reads.read(() => longRead(++count)());

    const settled = await Promise.allSettled([read(), read(), read()]);

    expect(count).toBe(1);
    expect(
      settled.map((result) => (result.status === 'rejected' ? result.reason.extensions.code : result.value)),
    ).toEqual([1, 'OPERATION_TIMEOUT', 'OPERATION_TIMEOUT']);
  });

  it('reject only what fails', async () => {
    const reads = new StoreReads();
    const failing = () => {
      throw new Error('The store is closed.');
    };

    expect(() => reads.read(failing)).toThrow('closed');
    reads.read(longRead(1));
    await expect(Promise.allSettled([reads.read(failing), reads.read(() => 2)])).resolves.toMatchObject([
      { status: 'rejected' },
      { value: 2 },
    ]);
  });
});
