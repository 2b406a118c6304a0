import type { SeedPart } from '@dossier/seed-format';
import type { StoreDb } from '@dossier/store';
import type { SharedSeeding } from '@dossier/subgraph-server';

type Seeds = SeedPart['seeds'];

/** Records of folders that shared rows follow from, as JSON, in the order in which folders are read; empty if a folder has none. */
type SharedRecords = () => Iterable<{ shared: string }>;

/** Inserts the rows that follow from records of several folders. */
export function insertShared(db: StoreDb, shared: SharedSeeding, records: SharedRecords): void {
  const find = finder(records);
  for (const { shared: json } of records()) if (json !== '') shared.seed(db, { seeds: withAllSections(json), find });
  shared.finish(db);
}

const NO_RECORDS: never[] = [];

/** Records stored as JSON, with an empty list for each section that has none. */
const withAllSections = (json: string): Seeds =>
  new Proxy(JSON.parse(json) as Seeds, {
    get: (sections, section) => sections[section as keyof Seeds] ?? NO_RECORDS,
  });

/** Finds stored records by their ids. They are indexed at the first call, one section at a time. */
function finder(records: SharedRecords): SeedPart['find'] {
  const indexes = new Map<keyof Seeds, Map<string, unknown>>();
  return (section, id) => {
    let index = indexes.get(section);
    if (!index) {
      index = new Map();
      for (const { shared } of records())
        if (shared.includes(`"${section}":`))
          for (const record of withAllSections(shared)[section] as { id: string }[]) index.set(record.id, record);
      indexes.set(section, index);
    }
    return (index.get(id) ?? null) as never;
  };
}
