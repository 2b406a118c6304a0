import DataLoader from 'dataloader';

/** Reads values by key, in the order of the keys. `peek` returns a value that needs no read, or undefined. */
interface Batch<Value> {
  (keys: readonly string[]): readonly Value[];
  peek?: (key: string) => Value | undefined;
}

/** Loads one key: synchronously if its value is cached, otherwise in a batch with the other keys of the same tick. */
interface Loader<Value> {
  load: (key: string) => Value | Promise<Value>;
}

/**
 * The loaders of one request. Each batches the keys of one tick into one call, and caches what it read. Calls with the same
 * `name` share a loader, so the name must include everything that the batch function depends on.
 */
export type Loaders = <Value>(name: string, batch: Batch<Value>) => Loader<Value>;

export function createLoaders(): Loaders {
  const loaders = new Map<string, Loader<unknown>>();
  return <Value>(name: string, batch: Batch<Value>) => {
    let loader = loaders.get(name);
    if (!loader) {
      loader = createLoader(batch);
      loaders.set(name, loader);
    }
    return loader as Loader<Value>;
  };
}

function createLoader<Value>(batch: Batch<Value>): Loader<Value> {
  const { peek } = batch;
  // Returning cached values without a promise avoids most of the cost of a list of a hundred nodes.
  let loader: DataLoader<string, Value> | undefined;
  return {
    load: (key) => {
      const value = peek?.(key);
      if (value !== undefined) return value;
      loader ??= new DataLoader(async (keys) => batch(keys));
      return loader.load(key);
    },
  };
}
