import { createLoaders, type Loaders } from './loaders.js';
import type { ReadLimits } from './storeReads.js';

/** Data sources on the loaders of a request, by name. */
type Sources<Made> = { [Name in keyof Made]: (loaders: Loaders) => Made[Name] };

/** What a request carries: the data sources, on loaders of its own. Most requests ask few of them: each is made when it is first asked. */
export function perRequest<Made extends object>(sources: Sources<Made>): (limits?: ReadLimits) => Made {
  class Context {
    readonly loaders: Loaders;
    readonly made: unknown[] = [];

    constructor(limits: ReadLimits | undefined) {
      this.loaders = createLoaders(limits);
    }
  }
  Object.keys(sources).forEach((name, index) => {
    const source = sources[name as keyof Made];
    Object.defineProperty(Context.prototype, name, {
      get(this: Context) {
        this.made[index] ??= source(this.loaders);
        return this.made[index];
      },
    });
  });
  return (limits) => new Context(limits) as unknown as Made;
}
