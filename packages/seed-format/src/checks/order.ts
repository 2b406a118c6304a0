import { type DayRange, spanOf } from '@dossier/domain/facts';
import { dateOf, linked, publicationOf } from '../consequences.js';
import type { Path, Problem } from '../problem.js';
import { REGISTER, type Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';
import { datesOf } from './recordDates.js';

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
  ...overlapProblems(entriesOf(entries, 'designations'), folders),
  ...entriesOf(entries, 'events').flatMap((entry) => plannedProblems(entry, seeds.documents)),
  ...entriesOf(entries, 'provisions').flatMap((entry) => provisionProblems(entry, folders)),
  ...replacementProblems(entriesOf(entries, 'provisions'), folders),
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
            `listed (${listedOn.edtf}) before the instrument was adopted (${adopted.edtf}); expected the same day or a later one, or the instrument that listed it.`,
          ),
        ]
      : []),
    ...(delistedOn && isBefore(delistedOn, listedOn)
      ? [
          problemAt(
            entry,
            ['delistedOn'],
            `"delistedOn" (${delistedOn.edtf}) is before "listedOn" (${listedOn.edtf}); expected the same day or a later one.`,
          ),
        ]
      : []),
  ];
}

/** Reports listings that begin before the one before them ended, for a measure of both: of one folder and the register. */
function overlapProblems(entries: readonly Entry[], folders: CheckInput['folders']): Problem[] {
  if (entries.length === 0) return [];
  const listings = entries.map((entry) => ({
    entry,
    listing: entry.parsed.record as unknown as Record<'designations'>,
  }));
  const isInRegister = entries.some(({ parsed }) => parsed.file.folder === REGISTER);
  const others = isInRegister ? [] : folders.sectionOf(REGISTER, 'designations');
  const groups = new Map<string, { entry: Entry | null; listing: Record<'designations'> }[]>();
  for (const each of [...others.map((listing) => ({ entry: null, listing })), ...listings]) {
    const key = `${each.listing.regime} ${each.listing.actor}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()].flatMap((group) => {
    const inOrder = group
      .filter(({ listing }) => rangeOf(listing.listedOn.edtf).earliest !== null)
      .toSorted((a, b) => {
        const [one, other] = [startOf(a.listing), startOf(b.listing)];
        return one < other ? -1 : one > other ? 1 : 0;
      });
    return inOrder.flatMap(({ entry, listing }, index): Problem[] => {
      const before = inOrder[index - 1];
      const owner = entry ?? before?.entry;
      if (!before || !owner || !before.listing.delistedOn) return [];
      const isShared = listing.measures.some((measure) => before.listing.measures.includes(measure));
      // The same listing twice is reported elsewhere.
      const isSame = listing.listedOn.edtf === before.listing.listedOn.edtf;
      return isShared && !isSame && isBefore(listing.listedOn, before.listing.delistedOn)
        ? [
            problemAt(
              owner,
              ['listedOn'],
              `listed (${listing.listedOn.edtf}) while an earlier listing lasted until ${before.listing.delistedOn.edtf}; expected a listing after it, or one record for both.`,
            ),
          ]
        : [];
    });
  });
}

const startOf = ({ listedOn }: Record<'designations'>): string => rangeOf(listedOn.edtf).earliest ?? '';

/** What is planned was still in the future when the document was published. */
function plannedProblems(entry: Entry, documents: Seeds['documents']): Problem[] {
  const { status, date, basis, origin } = entry.parsed.record as unknown as Record<'events'>;
  const document = documents.find(({ id }) => id === origin.document);
  if (status !== 'PLANNED' || basis !== 'DOCUMENT' || date.note !== null || !document) return [];
  return isBefore(date, document.publishedOn)
    ? [
        problemAt(
          entry,
          ['status'],
          `PLANNED for ${date.edtf}, before the document was published (${document.publishedOn.edtf}); expected OCCURRED or ALLEGED, or the reason under "note" of the date.`,
        ),
      ]
    : [];
}

function provisionProblems(entry: Entry, folders: CheckInput['folders']): Problem[] {
  const { inForceFrom, deadline, instrument } = entry.parsed.record as unknown as Record<'provisions'>;
  const adopted = folders.find('instruments', instrument)?.adoptedOn;
  const problems: Problem[] = [];
  if (adopted && isBefore({ edtf: inForceFrom }, adopted))
    problems.push(
      problemAt(
        entry,
        ['inForceFrom'],
        `in force (${inForceFrom}) before its instrument was adopted (${adopted.edtf}); expected the same day or a later one.`,
      ),
    );
  if (deadline !== null && deadline < inForceFrom)
    problems.push(
      problemAt(
        entry,
        ['deadline'],
        `"deadline" (${deadline}) is before "inForceFrom" (${inForceFrom}); expected the same day or a later one.`,
      ),
    );
  return problems;
}

/**
 * Reports provisions that are replaced by an earlier one, by one that begins before they end, or by themselves through others. Dates alone do not show a cycle: provisions that
 * replace each other may begin on one day.
 */
function replacementProblems(entries: readonly Entry[], folders: CheckInput['folders']): Problem[] {
  const successorOf = (id: string) => {
    const next = folders.find('provisions', id)?.replacedBy ?? null;
    return next === null ? null : folders.find('provisions', next);
  };
  const cycles = new Map<string, readonly string[]>();
  return entries.flatMap((entry): Problem[] => {
    const { id, inForceFrom, inForceUntil } = entry.parsed.record as unknown as Record<'provisions'>;
    const successor = successorOf(id);
    if (successor?.id === id)
      return [problemAt(entry, ['replacedBy'], 'a provision that replaces itself; expected a later provision.')];
    addCycle(id, successorOf, cycles);
    const cycle = cycles.get(id) ?? [];
    // One wrong reference closes the cycle: its first problem stands for the others.
    const key = `cycle of ${cycle[0]}`;
    if (cycle.length > 0)
      return [
        linked(
          problemAt(
            entry,
            ['replacedBy'],
            `a cycle of ${cycle.length} provisions that replace each other (${cycle.slice(0, MAX_SHOWN).map(localId).join(', ')}${cycle.length > MAX_SHOWN ? ', …' : ''}); expected a chain that ends at a provision without "replacedBy".`,
          ),
          { subjects: [key], causes: [key] },
        ),
      ];
    if (!successor) return [];
    if (successor.inForceFrom < inForceFrom)
      return [
        problemAt(
          entry,
          ['replacedBy'],
          `replaced by a provision in force from ${successor.inForceFrom}, before its own first day (${inForceFrom}); expected a later provision.`,
        ),
      ];
    return inForceUntil === null || inForceUntil >= successor.inForceFrom
      ? [
          problemAt(
            entry,
            inForceUntil === null ? ['replacedBy'] : ['inForceUntil'],
            `${inForceUntil === null ? 'no "inForceUntil"' : `in force until ${inForceUntil}`}, but replaced by a provision in force from ${successor.inForceFrom}; expected a last day before that.`,
          ),
        ]
      : [];
  });
}

const MAX_SHOWN = 5;

/** Adds the cycle that a chain of replacements leads to, for each provision in it; an empty one for those that are in none. Each is visited once. */
function addCycle(
  start: string,
  successorOf: (id: string) => { id: string } | null,
  cycles: Map<string, readonly string[]>,
): void {
  const chain = new Set<string>();
  let id: string | undefined = start;
  while (id !== undefined && !cycles.has(id) && !chain.has(id)) {
    chain.add(id);
    id = successorOf(id)?.id;
  }
  const ids = [...chain];
  const cycle = id !== undefined && chain.has(id) ? ids.slice(ids.indexOf(id)).toSorted() : [];
  const members = new Set(cycle);
  for (const each of ids) cycles.set(each, members.has(each) ? cycle : []);
}

const localId = (id: string): string => id.slice(id.indexOf(':') + 1);

/** Nobody relays words before they are said, or before the carrier nearer the speaker has them. */
function relayProblems(entry: Entry): Problem[] {
  const { attribution, saidOn } = entry.parsed.record as unknown as Record<'statements'>;
  let before: { path: Path; date: Dated } = { path: ['saidOn'], date: saidOn };
  return attribution.relayChain.flatMap(({ relayedOn }, index) => {
    if (!relayedOn) return [];
    const previous = before;
    const path = ['attribution', 'relayChain', index, 'relayedOn'];
    before = { path, date: relayedOn };
    return isBefore(relayedOn, previous.date)
      ? [
          linked(
            problemAt(
              entry,
              path,
              `relayed (${relayedOn.edtf}) before the words were said or relayed to it (${previous.date.edtf}); expected the same day or a later one.`,
            ),
            { causes: [dateOf(entry.id, previous.path), dateOf(entry.id, path)] },
          ),
        ]
      : [];
  });
}

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
    const cause = publicationOf(document.id);
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
          { subjects: [dateOf(entry.id, path)], causes: isPublicationWrong ? [cause] : [] },
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

/** The dates that a document states without a note. What is planned or alleged may be later than the document. */
function datesIn(entry: Entry, documents: Seeds['documents']): DocumentDate[] {
  const record = entry.parsed.record as { basis?: string; status?: string; origin: { document: string | null } };
  const document = documents.find(({ id }) => id === record.origin.document);
  if (!document || (record.basis !== undefined && record.basis !== 'DOCUMENT')) return [];
  if (entry.parsed.section === 'events' && record.status !== 'OCCURRED') return [];
  return datesOf(entry).flatMap(({ path, date }) => (date.note === null ? [{ entry, document, path, date }] : []));
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
