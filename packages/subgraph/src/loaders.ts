import DataLoader from 'dataloader';

/**
 * The loaders of one request: each batches the keys asked for in one turn into one call, and remembers what it read.
 * `name` tells the lists apart: the same name is the same loader, so it must hold whatever the batch depends on.
 */
export type Loaders = <Value>(name: string, batch: (keys: readonly string[]) => readonly Value[]) => DataLoader<string, Value>;

export function createLoaders(): Loaders {
  const loaders = new Map<string, DataLoader<string, unknown>>();
  return <Value>(name: string, batch: (keys: readonly string[]) => readonly Value[]) => {
    let loader = loaders.get(name);
    if (!loader) {
      loader = new DataLoader<string, unknown>(async (keys) => batch(keys));
      loaders.set(name, loader);
    }
    return loader as DataLoader<string, Value>;
  };
}
