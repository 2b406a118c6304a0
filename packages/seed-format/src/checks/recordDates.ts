import type { Path } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';

type Record<Section extends keyof Seeds> = Seeds[Section][number];

export interface DateSeed {
  edtf: string;
  basis: string;
  note: string | null;
}

/** A date of a record, and where it is. */
export interface RecordDate {
  path: Path;
  date: DateSeed;
}

const DATES: { [section: string]: (record: never) => [Path, unknown][] } = {
  statements: ({ saidOn, attribution }: Record<'statements'>) => [
    [['saidOn'], saidOn],
    ...attribution.relayChain.map(({ relayedOn }, index): [Path, unknown] => [
      ['attribution', 'relayChain', index, 'relayedOn'],
      relayedOn,
    ]),
  ],
  works: ({ date }: Record<'works'>) => [[['date'], date]],
  offices: ({ asOf }: Record<'offices'>) => [[['asOf'], asOf]],
  events: ({ date }: Record<'events'>) => [[['date'], date]],
  figures: ({ period }: Record<'figures'>) => [[['period'], period]],
  designations: ({ listedOn, delistedOn }: Record<'designations'>) => [
    [['listedOn'], listedOn],
    [['delistedOn'], delistedOn],
  ],
  instruments: ({ adoptedOn }: Record<'instruments'>) => [[['adoptedOn'], adoptedOn]],
};

/** The dates that a record of a document takes from it. */
export const datesOf = ({ parsed: { section, record } }: Entry): RecordDate[] =>
  (DATES[section]?.(record as never) ?? []).flatMap(([path, date]) => (date ? [{ path, date: date as DateSeed }] : []));
