import DataLoader from 'dataloader';
import { type ReadLimits, StoreReads } from './storeReads.js';

/** Reads the values of keys, in the order asked. What it has `atHand` it need not read. */
interface Batch<Value> {
  (keys: readonly string[]): readonly Value[];
  atHand?: (key: string) => Value | undefined;
}

/** Loads one key: at once where its value is at hand, else with all that are asked for in the same turn. */
interface Loader<Value> {
  load: (key: string) => Value | Promise<Value>;
}

/**
 * The loaders of one request: each batches the keys asked for in one turn into one call, and remembers what it read.
 * `name` tells the lists apart: the same name is the same loader, so it must hold whatever the batch depends on.
 */
export interface Loaders {
  <Value>(name: string, batch: Batch<Value>): Loader<Value>;
  /** Reads the store without a loader: at once, or when it is this request's turn. */
  read: <Result>(read: () => Result) => Result | Promise<Result>;
}

export function createLoaders(limits?: ReadLimits): Loaders {
  const loaders = new Map<string, Loader<unknown>>();
  const reads = new StoreReads(limits);
  const loaderNamed = <Value>(name: string, batch: Batch<Value>) => {
    let loader = loaders.get(name);
    if (!loader) {
      loader = loaderOf(batch, reads);
      loaders.set(name, loader);
    }
    return loader as Loader<Value>;
  };
  return Object.assign(loaderNamed, { read: <Result>(read: () => Result) => reads.read(read) });
}

function loaderOf<Value>(batch: Batch<Value>, reads: StoreReads): Loader<Value> {
  const { atHand } = batch;
  // Promises for each of a hundred values cost more than the values; where all are at hand, there is no need of one.
  let batching: DataLoader<string, Value> | undefined;
  return {
    load: (key) => {
      const value = atHand?.(key);
      if (value !== undefined) return value;
      batching ??= new DataLoader(async (keys) => reads.read(() => batch(keys)));
      return batching.load(key);
    },
  };
}
