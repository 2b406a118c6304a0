import type { StoreIdentity } from '@dossier/store';
import type { SubgraphDefinition } from '@dossier/subgraph-server';

/** What building the store of a service needs of its definition. */
export type SeedableDefinition = Pick<
  SubgraphDefinition<object>,
  | 'name'
  | 'migrations'
  | 'seedCode'
  | 'seed'
  | 'finishRows'
  | 'beforeRemoval'
  | 'shared'
  | 'aboutOthers'
  | 'textIndexes'
  | 'indexesWords'
>;

/** A store to build. */
export interface Plan {
  definition: SeedableDefinition;
  identity: StoreIdentity;
  file: string;
  migrations: URL;
  /** The revision of the store that is in place; see `currentRevision`. */
  current: string | null;
}
