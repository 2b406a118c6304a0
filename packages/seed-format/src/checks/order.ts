import { type DayRange, spanOf } from '@dossier/domain/facts';
import type { Path, Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

type Record<Section extends keyof Seeds> = Seeds[Section][number];
interface Dated {
  edtf: string;
  note: string | null;
}

/**
 * Reports dates that are certainly in the wrong order: a listing before its instrument, a deadline before the rule, words said after their
 * document. Two dates that may be in order are accepted.
 */
export const order: Check = ({ entries, folders, seeds }) => [
  ...entriesOf(entries, 'designations').flatMap((entry) => listingProblems(entry, folders)),
  ...entriesOf(entries, 'provisions').flatMap((entry) => provisionProblems(entry, folders)),
  ...entriesOf(entries, 'statements').flatMap(relayProblems),
  ...entries.flatMap((entry) => publicationProblems(entry, seeds.documents)),
];

function listingProblems(entry: Entry, folders: CheckInput['folders']): Problem[] {
  const { listedOn, delistedOn, instrument } = entry.parsed.record as unknown as Record<'designations'>;
  const adopted = instrument === null ? undefined : folders.find('instruments', instrument)?.adoptedOn;
  return [
    ...(adopted && isBefore(listedOn, adopted)
      ? [
          problemAt(
            entry,
            ['listedOn'],
            `listed (${listedOn.edtf}) before the instrument was adopted (${adopted.edtf}); expected a later day, or the instrument that listed it.`,
          ),
        ]
      : []),
    ...(delistedOn && isBefore(delistedOn, listedOn)
      ? [
          problemAt(
            entry,
            ['delistedOn'],
            `"delistedOn" (${delistedOn.edtf}) is before "listedOn" (${listedOn.edtf}); expected a later day.`,
          ),
        ]
      : []),
  ];
}

function provisionProblems(entry: Entry, folders: CheckInput['folders']): Problem[] {
  const { id, inForceFrom, deadline, instrument, replacedBy } = entry.parsed.record as unknown as Record<'provisions'>;
  const adopted = folders.find('instruments', instrument)?.adoptedOn;
  const successor = replacedBy === null ? null : folders.find('provisions', replacedBy);
  const problems: Problem[] = [];
  if (adopted && isBefore({ edtf: inForceFrom }, adopted))
    problems.push(
      problemAt(
        entry,
        ['inForceFrom'],
        `in force (${inForceFrom}) before its instrument was adopted (${adopted.edtf}); expected a later day.`,
      ),
    );
  if (deadline !== null && deadline < inForceFrom)
    problems.push(
      problemAt(
        entry,
        ['deadline'],
        `"deadline" (${deadline}) is before "inForceFrom" (${inForceFrom}); expected a later day.`,
      ),
    );
  if (replacedBy === id)
    problems.push(problemAt(entry, ['replacedBy'], 'a provision that replaces itself; expected a later provision.'));
  else if (successor && successor.inForceFrom < inForceFrom)
    problems.push(
      problemAt(
        entry,
        ['replacedBy'],
        `replaced by a provision in force from ${successor.inForceFrom}, before its own first day (${inForceFrom}); expected a later provision.`,
      ),
    );
  return problems;
}

/** Nobody relays words before they are said, or before the carrier nearer the speaker has them. */
function relayProblems(entry: Entry): Problem[] {
  const { attribution, saidOn } = entry.parsed.record as unknown as Record<'statements'>;
  let before: Dated = saidOn;
  return attribution.relayChain.flatMap(({ relayedOn }, index) => {
    if (!relayedOn) return [];
    const previous = before;
    before = relayedOn;
    return isBefore(relayedOn, previous)
      ? [
          problemAt(
            entry,
            ['attribution', 'relayChain', index, 'relayedOn'],
            `relayed (${relayedOn.edtf}) before the words were said or relayed to it (${previous.edtf}); expected a later day.`,
          ),
        ]
      : [];
  });
}

/** The dates of records that a document cannot have later than itself. */
const DATES: { [section: string]: (record: never) => [Path, Dated | null][] } = {
  statements: ({ saidOn, attribution }: Record<'statements'>) => [
    [['saidOn'], saidOn],
    ...attribution.relayChain.map(({ relayedOn }, index): [Path, Dated | null] => [
      ['attribution', 'relayChain', index, 'relayedOn'],
      relayedOn,
    ]),
  ],
  works: ({ date }: Record<'works'>) => [[['date'], date]],
  offices: ({ asOf }: Record<'offices'>) => [[['asOf'], asOf]],
  events: ({ date, status }: Record<'events'>) => (status === 'OCCURRED' ? [[['date'], date]] : []),
  figures: ({ period }: Record<'figures'>) => [[['period'], period]],
};

function publicationProblems(entry: Entry, documents: Seeds['documents']): Problem[] {
  const dates = DATES[entry.parsed.section];
  const record = entry.parsed.record as { basis?: string; origin: { document: string | null } };
  const published = documents.find(({ id }) => id === record.origin.document)?.publishedOn;
  if (!dates || !published || (record.basis !== undefined && record.basis !== 'DOCUMENT')) return [];
  // A date in the future that the document states is possible, but so rare that it needs its reason.
  return dates(record as never).flatMap(([path, date]) =>
    date && date.note === null && isBefore(published, date)
      ? [
          problemAt(
            entry,
            [...path, 'edtf'],
            `${date.edtf} is after the document was published (${published.edtf}); expected an earlier date, or the reason under "note".`,
          ),
        ]
      : [],
  );
}

/** Whether one date is certainly before another. False for dates that cannot be read, which are reported elsewhere. */
function isBefore(first: Pick<Dated, 'edtf'>, second: Pick<Dated, 'edtf'>): boolean {
  const { latest } = rangeOf(first.edtf);
  const { earliest } = rangeOf(second.edtf);
  return latest !== null && earliest !== null && latest < earliest;
}

function rangeOf(edtf: string): DayRange {
  try {
    return spanOf(edtf);
  } catch {
    return { earliest: null, latest: null };
  }
}
