import type { PageArgs } from '@dossier/pagination';
import { contextFactory, type ListRequest, type Loaders } from '@dossier/subgraph-server';

/** A data source as one request has it, with loaders of its own. */
export const forRequest = <Source>(source: (loaders: Loaders) => Source): Source => contextFactory({ source })().source;

/** The request of a list: the arguments of its page, and what distinguishes it from other lists. */
export const listRequest = (
  args: PageArgs = {},
  { coordinate = 'Query.list', parent = null, ...rest }: Partial<Omit<ListRequest, 'args'>> = {},
): ListRequest => ({ coordinate, parent, ...rest, args });
