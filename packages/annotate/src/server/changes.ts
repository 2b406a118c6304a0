import { isDeepStrictEqual } from 'node:util';
import {
  type Accepted,
  accept,
  editRecord,
  gitUserName,
  type Proposal,
  ProposalsError,
  placeInText,
  type RecordChange,
  RecordEditError,
  readSeedFile,
  readSeedText,
  type SeedRecords,
} from '@dossier/seed-format/authoring';
import type { Change, Passage, RecordValue } from '../api.js';
import { AnnotateError } from './errors.js';
import { assertIntact } from './passages.js';
import { isRecord, recordsOf } from './records.js';
import { readText, type Stem, stemOfSection, type Workspace } from './workspace.js';

/** The new contents of files, and what to say about the change. */
export interface Changed {
  /** As a phrase, e.g. "add statements S301". */
  what: string;
  files: Map<string, string>;
  /** The record that was added or changed; null if there is none, or several. */
  record: { section: string; index: number } | null;
}

/** The name of a file of the document, with its extension. */
export const fileNameOf = ({ folder }: Workspace, seeds: SeedRecords, stem: Stem): string =>
  seeds.fileName(folder, stem) ?? `${folder}/${stem}.yaml`;

/** The file with a record inserted, replaced or removed. Nothing is written. */
export function changeRecord(
  workspace: Workspace,
  seeds: SeedRecords,
  change: Extract<Change, { section: string }>,
): Changed {
  const { section } = change;
  const stem = stemOfSection(section);
  if (stem === null) throw new AnnotateError('BAD_REQUEST', `"${section}" is not a section of the format.`);
  const name = fileNameOf(workspace, seeds, stem);
  const source = readSeedText(workspace.seedsDir, name) ?? '';
  const records = recordsOf(workspace, seeds).filter((record) => record.section === section);
  const before = change.kind === 'insert' ? undefined : records.find(({ index }) => index === change.index);
  if (change.kind !== 'insert' && !before)
    throw new AnnotateError('CONFLICT', `${section}[${change.index}] no longer exists; nothing was changed.`);
  const edit: RecordChange =
    change.kind === 'insert'
      ? {
          ...change,
          record: withoutEmpty(change.record, undefined),
          index: placeInText(listIn(workspace, name, section), change.record),
        }
      : change.kind === 'replace'
        ? { ...change, record: withoutEmpty(change.record, before?.record) }
        : change;
  const id = change.kind === 'insert' ? idOf(change.record) : (before?.id ?? '');
  const verb = { insert: 'add', replace: 'change', remove: 'remove' }[change.kind];
  return {
    what: `${verb} ${section} ${id}`.trimEnd(),
    files: new Map([[name, edited(source, stem, edit)]]),
    record: edit.kind === 'remove' ? null : { section, index: edit.index },
  };
}

/** A section as it is in a file, also items that are not records. */
function listIn({ seedsDir }: Workspace, name: string, section: string): readonly unknown[] {
  const { content } = readSeedFile(seedsDir, name);
  const list = isRecord(content) ? content[section] : null;
  return Array.isArray(list) ? list : [];
}

const idOf = (record: RecordValue): string => String(record['id'] ?? record['of'] ?? '');

function edited(source: string, stem: Stem, edit: RecordChange): string {
  try {
    return editRecord(source, stem, edit);
  } catch (error) {
    if (error instanceof RecordEditError) throw new AnnotateError('NOT_EDITABLE', error.message);
    throw error;
  }
}

const KEY = /^\w{1,60}$/;
const MAX_DEPTH = 12;

/**
 * A record without empty values: empty texts, lists and mappings, and null, except where the record had them before. Texts
 * have no white space around them. Throws an AnnotateError if it is not a record of plain values.
 */
function withoutEmpty(record: unknown, before: RecordValue | undefined): RecordValue {
  const cleaned = cleanValue(record, before, 0);
  if (!isRecord(cleaned))
    throw new AnnotateError('BAD_REQUEST', 'The record is empty; expected a record of the format.');
  return cleaned;
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

function cleanValue(value: unknown, before: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new AnnotateError('BAD_REQUEST', 'The record is nested too deeply.');
  if (typeof value === 'string') {
    // As it was written, e.g. as a block of lines with a line break at its end.
    if (value === before) return value;
    if (/\p{Cs}/u.test(value))
      throw new AnnotateError('BAD_REQUEST', 'A text has an unpaired surrogate; expected valid Unicode.');
    return value.trim();
  }
  if (Array.isArray(value)) {
    const known = Array.isArray(before) ? before : [];
    return value
      .map((item: unknown, index) => {
        const same = known.find((each) => isDeepStrictEqual(each, item));
        return same ?? cleanValue(item, known[index], depth + 1);
      })
      .filter((item) => !isEmpty(item));
  }
  if (isRecord(value)) {
    const known: RecordValue = isRecord(before) ? before : {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => {
        if (!KEY.test(key) || key === '__proto__')
          throw new AnnotateError('BAD_REQUEST', 'A record has a key that is not a word; expected keys of the format.');
        const old = Object.hasOwn(known, key) ? known[key] : undefined;
        const cleaned = cleanValue(item, old, depth + 1);
        if (!isEmpty(cleaned)) return [[key, cleaned]];
        return old !== undefined && isEmpty(old) ? [[key, old]] : [];
      }),
    );
  }
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value;
  throw new AnnotateError('BAD_REQUEST', 'A record has a value that is not JSON.');
}

/** Who accepts a proposal of a model, and when. */
export const acceptance = ({ seedsDir }: Workspace) => ({
  acceptedBy: () => gitUserName(seedsDir),
  acceptedOn: new Date().toISOString().slice(0, 10),
});

/** Accepts proposals. Throws an AnnotateError if a file cannot be edited. */
export function acceptSafely(...parameters: Parameters<typeof accept>): Accepted {
  try {
    return accept(...parameters);
  } catch (error) {
    if (error instanceof ProposalsError) throw new AnnotateError('NOT_EDITABLE', error.message);
    throw error;
  }
}

/** A mention or a hedge, added in the same way as an accepted proposal. */
export function addPassage(
  workspace: Workspace,
  seeds: SeedRecords,
  change: Extract<Change, { kind: 'mention' | 'hedge' }>,
): Changed {
  const { text } = readText(workspace);
  assertIntact(text, change.passage);
  const proposal = proposalOf(change);
  const { accepted, undecided, files } = acceptSafely(seeds, workspace.seedsDir, workspace.folder, text, [proposal], {
    as: [change.kind === 'mention' ? change.party : change.statement],
    create: change.kind === 'mention' ? (change.create ?? null) : null,
    ...acceptance(workspace),
  });
  if (accepted.length === 0)
    throw new AnnotateError('NOT_ACCEPTED', `Nothing was added: ${undecided[0]?.reason ?? 'it cannot be placed'}.`);
  return {
    what: change.kind === 'mention' ? `add a mention of ${change.party}` : `add a hedge to ${change.statement}`,
    files,
    record: null,
  };
}

function proposalOf(change: Extract<Change, { kind: 'mention' | 'hedge' }>): Proposal {
  const { at, digest } = change.passage as { at: [number, number]; digest: string } & Passage;
  const common = { id: `U${at[0]}-${at[1]}`, at, digest };
  return change.kind === 'mention'
    ? {
        ...common,
        kind: 'mention',
        // A person has decided, also for words that are not a name of the actor.
        of: change.party,
        form: change.form as Extract<Proposal, { kind: 'mention' }>['form'],
      }
    : { ...common, kind: 'hedge', hedge: change.hedge as Extract<Proposal, { kind: 'hedge' }>['hedge'] };
}
