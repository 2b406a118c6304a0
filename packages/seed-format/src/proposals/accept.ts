import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodePointText, isCalendarDay, passageDigest } from '@dossier/domain/facts';
import { readSeedFile } from '../files.js';
import { newRecord, partyResolver } from '../modelProposals/acceptModel.js';
import { isFromModel, type ModelProposal, provenanceLines } from '../modelProposals/provenance.js';
import { formatProblem } from '../problem.js';
import { enums } from '../records.js';
import { formOf, hasName, partiesOf } from './names.js';
import { inline, type Proposal, type ProposalKind, ProposalsError } from './proposalFile.js';
import { listOf, passageOf, type RawRecord, type SeedRecords, textOf } from './seedRecords.js';
import { type Addition, addToYaml } from './yamlEdit.js';

export interface AcceptOptions {
  /** Records that the proposals belong to: actors or places of mentions, statements of hedges, numbers and quotations, the record of a date. */
  as: readonly string[];
  /** The kind of a new actor or place, and its type or status, e.g. `PERSON`, `PLACE`, `ORGANIZATION:OTHER`. */
  create: string | null;
  /** Who accepts, and when: for the provenance of what a model proposed. */
  acceptedBy: () => string | null;
  acceptedOn: string;
}

export interface Accepted {
  accepted: Proposal[];
  /** Why a proposal cannot be accepted as it is, and what would decide it. */
  undecided: { proposal: Proposal; reason: string }[];
  /** The new content of each changed file, by its name in the seeds folder. */
  files: Map<string, string>;
}

/** What to add to which file of the document's folder. */
interface Placement {
  stem: 'actors' | 'statements' | 'sanctions' | 'trade' | 'provenance';
  additions: Addition[];
  /** The id of the new record, if there is one that may come from a model. */
  record?: string;
}
type Placed = Placement | { reason: string };

/**
 * Turns proposals into records of a document's folder. Nothing is written: the caller replaces the files. What needs a decision is left
 * out and explained.
 */
export function accept(
  seeds: SeedRecords,
  seedsDir: string,
  folder: string,
  text: CodePointText,
  proposals: readonly Proposal[],
  options: AcceptOptions,
): Accepted {
  const place = createPlacer(seeds, folder, text, options);
  const accepted: Proposal[] = [];
  const undecided: Accepted['undecided'] = [];
  const additions = new Map<Placement['stem'], Addition[]>();
  const add = (stem: Placement['stem'], added: readonly Addition[]) => {
    if (added.length > 0) additions.set(stem, [...(additions.get(stem) ?? []), ...added]);
  };
  for (const proposal of proposals) {
    const isIntact = passagesOf(proposal).every(({ at, digest }) => passageDigest(text.slice(...at)) === digest);
    const placed = isIntact
      ? place(proposal)
      : { reason: 'its digest is not that of the passage in the text; run "seeds propose" again' };
    if ('reason' in placed) undecided.push({ proposal, reason: placed.reason });
    else {
      accepted.push(proposal);
      add(placed.stem, placed.additions);
      if (placed.record !== undefined && isFromModel(proposal))
        add('provenance', [provenanceOfRecord(proposal, placed.record, options)]);
    }
  }
  const files = new Map<string, string>();
  for (const [stem, added] of additions) {
    const known = seeds.fileName(folder, stem);
    const name = known ?? `${folder}/${stem}.yaml`;
    const source = known ? readFileSync(join(seedsDir, known), 'utf8') : '';
    const [problem] = known ? readSeedFile(seedsDir, known).problems : [];
    if (problem) throw new ProposalsError(formatProblem(problem));
    const inFile = added.map((addition) => withIndexInFile(addition, seeds, folder, stem));
    files.set(name, addToYaml(source, stem, merged(inFile)));
  }
  return { accepted, undecided, files };
}

/** Proposals that become a part of one record. */
const TO_ONE_RECORD: ReadonlySet<ProposalKind> = new Set(['date', 'number', 'hedge']);

// A command that was interrupted has written records, and not yet removed their proposals.
const NOTHING_TO_ADD: Placement = { stem: 'statements', additions: [] };

/** Whether one of the records has the position. */
const isAmong = (at: readonly [number, number], records: unknown): boolean =>
  listOf(records).some((record) => passageOf(record)?.at.join() === at.join());

type MentionProposal = Extract<Proposal, { kind: 'mention' | 'name' | 'annotation' }>;

const candidatesOf = ({ of, candidates = [] }: Extract<Proposal, { kind: 'mention' }>): readonly string[] =>
  of === undefined ? candidates : [of];

const provenanceOfRecord = (
  proposal: ModelProposal,
  record: string,
  { acceptedBy, acceptedOn }: AcceptOptions,
): Addition => ({
  kind: 'records',
  section: 'provenance',
  records: [provenanceLines(proposal, record, { acceptedBy: acceptedBy(), acceptedOn })],
});

const passagesOf = (proposal: Proposal) => [
  ...('passages' in proposal && proposal.passages ? proposal.passages : [proposal]),
  ...('marked' in proposal && proposal.marked ? [proposal.marked] : []),
  ...('within' in proposal ? [proposal.within] : []),
];

function withIndexInFile(addition: Addition, seeds: SeedRecords, folder: string, stem: string): Addition {
  if (addition.kind === 'records') return addition;
  const [section, index] = addition.record as [string, number];
  return { ...addition, record: [section, seeds.indexes(folder, stem, section)[index] ?? index] };
}

/** One addition for each list and section, so that a missing list is made once. */
function merged(additions: readonly Addition[]): Addition[] {
  const byTarget = new Map<string, Addition>();
  for (const addition of additions) {
    const target =
      addition.kind === 'items'
        ? `${addition.record.join('.')} ${addition.list}`
        : addition.kind === 'records'
          ? addition.section
          : `${addition.record.join('.')} ${addition.key}=`;
    const known = byTarget.get(target);
    if (known?.kind === 'items' && addition.kind === 'items') known.items.push(...addition.items);
    else if (known?.kind === 'records' && addition.kind === 'records') known.records.push(...addition.records);
    else byTarget.set(target, addition);
  }
  return [...byTarget.values()];
}

const AFTER_ALIASES = ['identifiers', 'affiliations', 'mentions', 'note', 'basis', 'references'];
const AFTER_MENTIONS = ['note', 'basis', 'references'];
const AFTER_PASSAGES = ['references'];
const AFTER_HEDGES = ['note', 'basis', 'passages', 'references'];

function createPlacer(
  seeds: SeedRecords,
  folder: string,
  text: CodePointText,
  { as: wanted, create }: AcceptOptions,
): (proposal: Proposal) => Placed {
  const as = [...new Set(wanted)];
  const parties = partiesOf(seeds);
  const statements = seeds.section(folder, 'statements', 'statements');
  const nextIds = new Map<string, number>();
  /** The lines of new records: later mentions of the same command are added to them. */
  const added = new Map<string, string[]>();

  const nextId = (section: string, letter: string, stem: Placement['stem'] = 'statements'): string => {
    const highest = Math.max(
      0,
      ...seeds.section(folder, stem, section).map(({ id }) => Number(/^[A-Z](\d+)$/.exec(String(id))?.[1] ?? 0)),
    );
    const next = (nextIds.get(letter) ?? highest) + 1;
    nextIds.set(letter, next);
    return `${letter}${String(next).padStart(2, '0')}`;
  };

  const mention = (proposal: MentionProposal, actors: readonly string[]): Placed => {
    // First, so that nothing is added for one of them if another is refused.
    for (const actor of actors) {
      const reason = actorProblem(proposal, actor);
      if (reason !== null) return { reason };
    }
    const additions: Addition[] = [];
    for (const actor of actors) {
      const party = parties.get(actor);
      const unknownForm = party ? formOf(text.slice(...proposal.at), party) : 'NAME';
      const form = proposal.kind === 'mention' ? proposal.form : unknownForm;
      const item = { form, at: proposal.at, digest: proposal.digest };
      const owner = locate(actor);
      // A name that was not known: the next "propose" finds it everywhere.
      const isNewName =
        proposal.kind === 'name' &&
        party !== undefined &&
        form === 'NAME' &&
        !hasName(party, text.slice(...proposal.at));
      const alias = isNewName ? inline({ text: text.slice(...proposal.at), inDocument: true }) : null;
      if (isNewName) party.aliases.push({ text: text.slice(...proposal.at), lang: null });
      if (owner && isAmong(proposal.at, recordAt(owner)?.['mentions'])) continue;
      const lines = added.get(actor);
      if (lines) lines.push(`  - ${inline(item)}`);
      else if (!party) {
        const record = newParty(actor, create ?? '', text.slice(...proposal.at), item);
        if ('reason' in record) return record;
        added.set(actor, record.lines);
        additions.push({ kind: 'records', section: record.section, records: [record.lines] });
      } else if (owner) {
        if (alias !== null)
          additions.push({
            kind: 'items',
            record: owner,
            list: 'aliases',
            items: [{ yaml: alias, position: Number.MAX_SAFE_INTEGER }],
            before: AFTER_ALIASES,
          });
        additions.push({
          kind: 'items',
          record: owner,
          list: 'mentions',
          items: [{ yaml: inline(item), position: proposal.at[0] }],
          before: AFTER_MENTIONS,
        });
      } else {
        const record = [
          `of: ${actor}`,
          ...(alias === null ? [] : ['aliases:', `  - ${alias}`]),
          'mentions:',
          `  - ${inline(item)}`,
        ];
        added.set(actor, record);
        additions.push({ kind: 'records', section: 'additions', records: [record] });
      }
    }
    return { stem: 'actors', additions };
  };

  /** Why the words cannot be a mention of the actor or place; null if they can. */
  const actorProblem = (proposal: MentionProposal, actor: string): string | null => {
    const party = parties.get(actor);
    const candidates = proposal.kind === 'mention' ? candidatesOf(proposal).filter((id) => parties.has(id)) : [];
    const expected = candidates.join(' or ') || 'the id of one';
    if (!party && !added.has(actor) && create === null)
      return `"${actor}" is not a known actor or place; expected ${expected}, or --create with the kind of a new one, e.g. --create PERSON`;
    if (party && create !== null)
      return `"${actor}" exists already, as ${inline(party.name)}; expected the id of a new actor or place, or no --create`;
    // What was a name when it was proposed, or is one now.
    const isNamed = party && (candidates.includes(actor) || hasName(party, text.slice(...proposal.at)));
    if (party && proposal.kind === 'mention' && !isNamed)
      return `"${actor}" does not have this name; expected ${expected}, or the name as an alias of "${actor}" first`;
    return null;
  };

  /** Where the folder has the actor or place, or an addition to it; null if it has neither. */
  const locate = (id: string): (string | number)[] | null => {
    for (const section of ['actors', 'places', 'additions']) {
      const key = section === 'additions' ? 'of' : 'id';
      const index = seeds.section(folder, 'actors', section).findIndex((record) => record[key] === id);
      if (index >= 0) return [section, index];
    }
    return null;
  };

  const recordAt = ([section, index]: (string | number)[]): RawRecord | undefined =>
    seeds.section(folder, 'actors', String(section))[Number(index)];
  const numbersAndQuotations = [
    ...seeds.section(folder, 'statements', 'numbers'),
    ...seeds.section(folder, 'statements', 'quotations').flatMap(({ passages }) => listOf(passages)),
  ];

  /** The statements with a passage that contains the position. */
  const around = (at: readonly [number, number]): { id: string; index: number }[] =>
    statements.flatMap((statement, index) => {
      const id = textOf(statement['id']);
      return id && passagesIn(statement).some((passage) => passage[0] <= at[0] && at[1] <= passage[1])
        ? [{ id, index }]
        : [];
    });

  const statementOf = (
    at: readonly [number, number],
  ): { found: { id: string; index: number }[] } | { reason: string } => {
    const found = around(at);
    const [wanted] = as;
    if (wanted === undefined) return { found };
    const chosen = found.filter(({ id }) => id === wanted);
    if (chosen.length > 0) return { found: chosen };
    return {
      reason: statements.some(({ id }) => id === wanted)
        ? `it is outside the passages of ${wanted}; expected ${found.map(({ id }) => id).join(' or ') || 'a statement whose passage contains it'}`
        : `"${wanted}" is not a statement of the document; expected one, e.g. --as S01`,
    };
  };

  const context = {
    seeds,
    folder,
    text,
    as,
    isActor: (id: string) => (parties.get(id)?.kind ?? 'PLACE') !== 'PLACE',
    statementsAt: (places: readonly (readonly [number, number])[]) => statementsTouching(statements, places),
  };

  return (proposal) => {
    if (create !== null && proposal.kind !== 'mention' && proposal.kind !== 'name')
      return { reason: `a ${proposal.kind} does not name an actor or a place; expected no --create` };
    if (as.length > 1 && TO_ONE_RECORD.has(proposal.kind))
      return { reason: `a ${proposal.kind} belongs to one record; expected --as once` };
    switch (proposal.kind) {
      case 'mention': {
        if (as.length > 0) return mention(proposal, as);
        if (proposal.of !== undefined) return mention(proposal, [proposal.of]);
        return {
          reason: `the name is that of ${candidatesOf(proposal).join(' and ')}; expected --as with one of them, or with each`,
        };
      }
      case 'name':
        if (as.length === 0)
          return {
            reason:
              'the name is not known; expected --as with the id of an actor or place, and --create with its kind if it is new, e.g. --as aldo-brenn --create PERSON',
          };
        return mention(proposal, as);
      case 'hedge': {
        const statement = statementOf(proposal.at);
        if ('reason' in statement) return statement;
        const [first, second] = statement.found;
        if (!first) return { reason: 'it is outside all statements; expected it within the passage of one' };
        if (second)
          return {
            reason: `${statement.found.map(({ id }) => id).join(' and ')} contain it; expected --as with one of them`,
          };
        if (isAmong(proposal.at, statements[first.index]?.['hedges'])) return NOTHING_TO_ADD;
        return {
          stem: 'statements',
          additions: [
            {
              kind: 'items',
              record: ['statements', first.index],
              list: 'hedges',
              items: [
                {
                  yaml: inline({ kind: proposal.hedge, at: proposal.at, digest: proposal.digest }),
                  position: proposal.at[0],
                },
              ],
              before: AFTER_HEDGES,
            },
          ],
        };
      }
      case 'number': {
        if (isAmong(proposal.at, numbersAndQuotations)) return NOTHING_TO_ADD;
        const statement = statementOf(proposal.at);
        if ('reason' in statement) return statement;
        const [first, second] = statement.found;
        if (second)
          return {
            reason: `${statement.found.map(({ id }) => id).join(' and ')} contain it; expected --as with one of them`,
          };
        return { stem: 'statements', additions: [numberRecord(proposal, nextId('numbers', 'N'), first?.id ?? null)] };
      }
      case 'quotation': {
        const parts = proposal.passages ?? [proposal];
        if (parts.every(({ at }) => isAmong(at, numbersAndQuotations))) return NOTHING_TO_ADD;
        const touching = statementsTouching(
          statements,
          parts.map(({ at }) => at),
        );
        const found = as.length > 0 ? as : touching;
        const unknown = found.find((id) => !statements.some((statement) => statement['id'] === id));
        if (unknown !== undefined)
          return { reason: `"${unknown}" is not a statement of the document; expected one, e.g. --as S01` };
        const outside = found.find((id) => !touching.includes(id));
        if (outside !== undefined)
          return {
            reason: `no passage of ${outside} has words of it; expected ${touching.join(' or ') || 'a statement whose passage has some'}`,
          };
        const id = nextId('quotations', 'Q');
        const speaker = partyResolver(context).id(proposal.speaker) ?? speakerOf(statements, found);
        return { stem: 'statements', additions: [quotationRecord(proposal, id, found, speaker)], record: id };
      }
      case 'statement':
      case 'figure':
      case 'link': {
        const made = newRecord(proposal, context);
        if ('reason' in made) return made;
        const { stem, section, letter, lines } = made;
        const id = nextId(section, letter, stem);
        return { stem, additions: [{ kind: 'records', section, records: [[`id: ${id}`, ...lines]] }], record: id };
      }
      case 'annotation': {
        const wanted = as.length > 0 ? as : (proposal.of ?? []);
        if (wanted.length === 0)
          return {
            reason: 'expected --as with the statement that it supports, or the actor or place that it mentions',
          };
        const found = wanted.map((id) => statements.findIndex((statement) => statement['id'] === id));
        if (found.every((index) => index < 0)) return mention(proposal, wanted);
        if (found.some((index) => index < 0))
          return { reason: `expected --as with statements only, or with actors and places only` };
        return {
          stem: 'statements',
          additions: found.map((index) => ({
            kind: 'items',
            record: ['statements', index],
            list: 'passages',
            items: [{ yaml: inline({ at: proposal.at, digest: proposal.digest }), position: proposal.at[0] }],
            before: AFTER_PASSAGES,
          })),
        };
      }
      case 'date':
        return placeDate(proposal, as[0] ?? null);
    }
  };

  function placeDate(proposal: Extract<Proposal, { kind: 'date' }>, wanted: string | null): Placed {
    if (wanted === null)
      return {
        reason:
          'a date belongs to a statement (saidOn), an event or a work (date); expected --as with the id of one, e.g. --as S01, which replaces the date it has',
      };
    const stem = wanted.startsWith('E') ? 'actors' : 'statements';
    const section = { E: 'events', S: 'statements', W: 'works' }[wanted[0] ?? ''];
    const index = section ? seeds.section(folder, stem, section).findIndex(({ id }) => id === wanted) : -1;
    if (!section || index < 0)
      return {
        reason: `"${wanted}" is not a statement, event or work of the document; expected the id of one, e.g. S01`,
      };
    const { edtf, basis, anchor } = proposal;
    const value = inline({ edtf, basis, ...(anchor ? { note: `Counted from ${anchor}.` } : {}) });
    return {
      stem,
      additions: [
        {
          kind: 'value',
          record: [section, index],
          key: section === 'statements' ? 'saidOn' : 'date',
          value: quotedDate(value, edtf),
        },
      ],
    };
  }
}

// A year alone would be a number, and a day a date in other parsers.
const quotedDate = (value: string, edtf: string): string =>
  value.includes(`"${edtf}"`) || !isCalendarDay(edtf) ? value : value.replace(edtf, `"${edtf}"`);

const passagesIn = (record: RawRecord): [number, number][] =>
  listOf(record['passages']).flatMap((passage) => {
    const found = passageOf(passage);
    return found ? [found.at] : [];
  });

const statementsTouching = (
  statements: readonly RawRecord[],
  places: readonly (readonly [number, number])[],
): string[] =>
  statements.flatMap((statement) => {
    const id = textOf(statement['id']);
    const touches = passagesIn(statement).some((passage) =>
      places.some((at) => passage[0] < at[1] && at[0] < passage[1]),
    );
    return id && touches ? [id] : [];
  });

/** The speaker, if all statements have the same one. */
function speakerOf(statements: readonly RawRecord[], ids: readonly string[]): string | null {
  const speakers = new Set(
    statements
      .filter(({ id }) => ids.includes(String(id)))
      .map(({ attribution }) => JSON.stringify((attribution as RawRecord | undefined)?.['speakers'] ?? [])),
  );
  const [only] = speakers;
  const list = speakers.size === 1 ? (JSON.parse(only ?? '[]') as unknown[]) : [];
  return list.length === 1 ? textOf(list[0]) : null;
}

const QUALIFIER_NOTES: Readonly<Record<string, string>> = {
  OVER: 'A lower bound: the value is higher, or at least this.',
  UNDER: 'An upper bound: the value is lower, or at most this.',
  APPROXIMATELY: 'An approximate value.',
};

function numberRecord(proposal: Extract<Proposal, { kind: 'number' }>, id: string, statement: string | null): Addition {
  const { value, unit, qualifier, at, digest } = proposal;
  const note = QUALIFIER_NOTES[qualifier];
  return {
    kind: 'records',
    section: 'numbers',
    records: [
      [
        `id: ${id}`,
        `label: ${unit ? inline(`value in ${unit}`) : 'number'}`,
        `value: ${JSON.stringify(value)}`,
        ...(note ? [`note: ${inline(note)}`] : []),
        ...(statement ? [`statement: ${statement}`] : []),
        `at: ${inline(at)}`,
        `digest: ${JSON.stringify(digest)}`,
      ],
    ],
  };
}

function quotationRecord(
  proposal: Extract<Proposal, { kind: 'quotation' }>,
  id: string,
  statements: readonly string[],
  speaker: string | null,
): Addition {
  const { form, level, marked, passages, at, digest } = proposal;
  return {
    kind: 'records',
    section: 'quotations',
    records: [
      [
        `id: ${id}`,
        `kind: ${form}`,
        ...(speaker ? [`speaker: ${inline(speaker)}`] : []),
        'speakerIsCertain: false',
        `level: ${level}`,
        `statements: ${inline(statements)}`,
        'isTranslated: false',
        'translationBasis: ANALYST',
        ...(marked ? [`marked: ${passageYaml(marked)}`] : []),
        'passages:',
        ...(passages ?? [{ at, digest }]).map((passage) => `  - ${passageYaml(passage)}`),
      ],
    ],
  };
}

const passageYaml = ({ at, digest }: { at: readonly [number, number]; digest: string }): string =>
  `{ at: ${inline(at)}, digest: ${JSON.stringify(digest)} }`;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const KINDS: Readonly<Record<string, { key: 'status' | 'type'; values: readonly string[] } | null>> = {
  PERSON: null,
  MEDIA_OUTLET: null,
  GROUP: null,
  PLACE: null,
  POLITY: { key: 'status', values: enums.PolityStatus.options },
  ORGANIZATION: { key: 'type', values: enums.OrganizationType.options },
};
/** The kinds as `--create` expects them, with a placeholder for what a kind needs. */
export const CREATABLE_KINDS: readonly string[] = Object.entries(KINDS).map(([kind, needed]) =>
  needed ? `${kind}:<${needed.key}>` : kind,
);

/** A new actor or place with its first mention. */
function newParty(
  id: string,
  create: string,
  name: string,
  mention: object,
): { section: string; lines: string[] } | { reason: string } {
  const [kind = '', detail] = create.split(':');
  const needed = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (needed === undefined)
    return { reason: `"${kind}" is not a kind; expected --create with one of ${CREATABLE_KINDS.join(', ')}` };
  if (!SLUG.test(id))
    return { reason: `"${id}" is not an id; expected lower-case words joined by hyphens, e.g. aldo-brenn` };
  if (needed && !needed.values.includes(detail ?? ''))
    return {
      reason: `${detail === undefined ? `the ${needed.key} of a new ${kind} is missing` : `"${detail}" is not a ${needed.key} of a ${kind}`}; expected --create ${needed.values.map((value) => `${kind}:${value}`).join(' or ')}`,
    };
  return {
    section: kind === 'PLACE' ? 'places' : 'actors',
    lines: [
      `id: ${id}`,
      ...(kind === 'PLACE' ? [] : [`kind: ${kind}`]),
      `name: ${inline(name.replace(/\s+/gu, ' '))}`,
      ...(needed ? [`${needed.key}: ${detail}`] : []),
      'mentions:',
      `  - ${inline(mention)}`,
    ],
  };
}

/** Kinds whose records keep their position, so that they are not proposed again once they are recorded. */
export const isPlacedByPosition = (kind: ProposalKind): boolean =>
  !['date', 'annotation', 'statement', 'figure', 'link'].includes(kind);
