import { type DayRange, spanOf } from '@dossier/domain/facts';
import { linked } from '../consequences.js';
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
  ...publicationProblems(entries, seeds.documents),
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
  designations: ({ listedOn, delistedOn }: Record<'designations'>) => [
    [['listedOn'], listedOn],
    [['delistedOn'], delistedOn],
  ],
  instruments: ({ adoptedOn }: Record<'instruments'>) => [[['adoptedOn'], adoptedOn]],
};

/** At least this many dates after the publication are more probably one wrong date of publication, if most dates are. */
const MIN_CONFLICTS = 3;

function publicationProblems(entries: readonly Entry[], documents: Seeds['documents']): Problem[] {
  const dated = entries.flatMap((entry) => datesIn(entry, documents));
  return documents.flatMap((document) => {
    const own = dated.filter((each) => each.document === document);
    // A date in the future that the document states is possible, but so rare that it needs its reason.
    const late = own.filter(({ date }) => isBefore(document.publishedOn, date));
    const published = entries.find(({ id }) => id === document.id);
    const isPublicationWrong = late.length >= MIN_CONFLICTS && late.length > own.length / 2;
    const cause = `publication of ${document.id}`;
    return [
      ...(published && isPublicationWrong
        ? [
            linked(
              problemAt(
                published,
                ['publishedOn', 'edtf'],
                `${document.publishedOn.edtf} is before ${late.length} of the ${own.length} dates that the document has; expected the day of publication.`,
              ),
              { subjects: [cause] },
            ),
          ]
        : []),
      ...late.map(({ entry, path, date }) =>
        linked(
          problemAt(
            entry,
            [...path, 'edtf'],
            `${date.edtf} is after the document was published (${document.publishedOn.edtf}); expected an earlier date, or the reason under "note".`,
          ),
          isPublicationWrong ? { causes: [cause] } : {},
        ),
      ),
    ];
  });
}

interface DocumentDate {
  entry: Entry;
  document: Seeds['documents'][number];
  path: Path;
  date: Dated;
}

/** The dates that a document states without a note. */
function datesIn(entry: Entry, documents: Seeds['documents']): DocumentDate[] {
  const dates = DATES[entry.parsed.section];
  const record = entry.parsed.record as { basis?: string; origin: { document: string | null } };
  const document = documents.find(({ id }) => id === record.origin.document);
  if (!dates || !document || (record.basis !== undefined && record.basis !== 'DOCUMENT')) return [];
  return dates(record as never).flatMap(([path, date]) =>
    date && date.note === null ? [{ entry, document, path, date }] : [],
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
