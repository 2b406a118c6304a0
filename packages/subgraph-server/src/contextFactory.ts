import type { ReadLimits } from '@dossier/store';
import { createLoaders, type Loaders } from './loaders.js';

/** Functions that create the data sources of a request from its loaders, by name. */
type SourceFactories<Sources> = { [Name in keyof Sources]: (loaders: Loaders) => Sources[Name] };

/** Returns a function that creates the context of a request: its data sources, which share its loaders. Each source is created on first use. */
export function contextFactory<Sources extends object>(
  factories: SourceFactories<Sources>,
): (limits?: ReadLimits) => Sources {
  class Context {
    readonly loaders: Loaders;
    readonly sources: unknown[] = [];

    constructor(limits: ReadLimits | undefined) {
      this.loaders = createLoaders(limits);
    }
  }
  Object.keys(factories).forEach((name, index) => {
    const createSource = factories[name as keyof Sources];
    Object.defineProperty(Context.prototype, name, {
      get(this: Context) {
        this.sources[index] ??= createSource(this.loaders);
        return this.sources[index];
      },
    });
  });
  return (limits) => new Context(limits) as unknown as Sources;
}
