import type { MaybePromise, ReadLimits } from '@dossier/store';
import DataLoader from 'dataloader';
import { StoreReads } from './storeReads.js';

/** Reads values by key, in the order of the keys. `peek` returns a value that needs no read, or undefined. */
interface Batch<Value> {
  (keys: readonly string[]): MaybePromise<readonly Value[]>;
  peek?: (key: string) => Value | undefined;
}

/** Loads one key: synchronously if its value is cached, otherwise in a batch with the other keys of the same tick. */
interface Loader<Value> {
  load: (key: string) => MaybePromise<Value>;
}

/**
 * The loaders of one request. Each batches the keys of one tick into one call, and caches what it read. Calls with the same
 * `name` share a loader, so the name must include everything that the batch function depends on.
 */
export interface Loaders {
  <Value>(name: string, batch: Batch<Value>): Loader<Value>;
  /** Reads the store without a loader: at once, or when it is this request's turn. */
  read: <Result>(read: () => MaybePromise<Result>) => MaybePromise<Result>;
}

export function createLoaders(limits?: ReadLimits): Loaders {
  const loaders = new Map<string, Loader<unknown>>();
  const reads = new StoreReads(limits);
  const loaderNamed = <Value>(name: string, batch: Batch<Value>) => {
    let loader = loaders.get(name);
    if (!loader) {
      loader = createLoader(batch, reads);
      loaders.set(name, loader);
    }
    return loader as Loader<Value>;
  };
  return Object.assign(loaderNamed, { read: <Result>(read: () => MaybePromise<Result>) => reads.read(read) });
}

function createLoader<Value>(batch: Batch<Value>, reads: StoreReads): Loader<Value> {
  const { peek } = batch;
  // Returning cached values without a promise avoids most of the cost of a list of a hundred nodes.
  let loader: DataLoader<string, Value> | undefined;
  return {
    load: (key) => {
      const value = peek?.(key);
      if (value !== undefined) return value;
      loader ??= new DataLoader(async (keys) => reads.read(() => batch(keys)));
      return loader.load(key);
    },
  };
}
