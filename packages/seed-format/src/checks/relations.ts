import { isLowerFirst, REGISTER, type Seeds, SYMMETRIC_RELATIONS } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Relation = Seeds['relations'][number];
/** The same for both directions: a store holds one relation of a type between two statements. */
const keyOf = ({ type, from, to }: Relation): string => `${type} ${[from, to].sort().join(' ')}`;

/** Types of which a statement cannot have one of each side to another statement. */
const AGREEING: ReadonlySet<string> = new Set(['SUPPORTS', 'CORROBORATES']);
const DISAGREEING: ReadonlySet<string> = new Set(['CONTRADICTS', 'REBUTS']);
const pairOf = ({ from, to }: Relation): string => [from, to].sort().join(' ');

/** The folder that a typed id names; null for a reference that could not be resolved. */
const folderOf = (id: string): string | null => /^statement:([^/]+)\//.exec(id)?.[1] ?? null;

const keys = new WeakMap<Relation[], ReadonlySet<string>>();

/** The keys of the relations of a folder, computed once. */
function keysOf(relations: Relation[]): ReadonlySet<string> {
  let known = keys.get(relations);
  if (!known) {
    known = new Set(relations.map(keyOf));
    keys.set(relations, known);
  }
  return known;
}

/**
 * Reports relations of a statement to itself, duplicates, relations that exclude each other, answers to what is not a question, symmetric
 * relations that do not begin with the lower id, and relations in the folder of a document that has neither statement.
 */
export const relations: Check = ({ entries, folders }) => {
  const seen = new Set<string>();
  const byPair = new Map<string, Relation[]>();
  const isElsewhere = (folder: string, current: string, key: string) =>
    folder !== current && keysOf(folders.sectionOf(folder, 'relations')).has(key);
  return entriesOf(entries, 'relations').flatMap((entry) => {
    const relation = entry.parsed.record as unknown as Relation;
    const { type, from, to } = relation;
    const key = keyOf(relation);
    const { folder } = entry.parsed.file;
    if (from === to)
      return [problemAt(entry, ['to'], 'a relation of a statement to itself; expected another statement.')];
    if (SYMMETRIC_RELATIONS.has(type) && folderOf(from) && folderOf(to) && !isLowerFirst(from, to))
      return [problemAt(entry, ['from'], `${type} is symmetric; expected the lower id under "from".`)];
    const ends = [from, to].map((end) => folderOf(end) ?? folder);
    if (folder !== REGISTER && !ends.includes(folder))
      return [
        problemAt(entry, [], 'a relation of two other documents; expected it in one of them, or in the register.'),
      ];
    if (seen.has(key) || [...ends, REGISTER].some((other) => isElsewhere(other, folder, key)))
      return [problemAt(entry, ['type'], `${type} is already recorded between these two; expected it once.`)];
    seen.add(key);
    if (type === 'ANSWERS' && isAssertion(folders.find('statements', to)))
      return [
        problemAt(
          entry,
          ['to'],
          `"${shortId(to)}" does not ask anything; expected a statement with the modality QUESTIONED.`,
        ),
      ];
    if (type === 'CORROBORATES' && haveOneSpeaker(folders.find('statements', from), folders.find('statements', to)))
      return [
        problemAt(
          entry,
          ['type'],
          'CORROBORATES between statements of one speaker, which are not independent; expected SUPPORTS, or another type.',
        ),
      ];
    const pair = pairOf(relation);
    const known = byPair.get(pair) ?? [];
    byPair.set(pair, [...known, relation]);
    const opposite = known.find((other) => excludes(type, other.type));
    return opposite === undefined
      ? []
      : [
          problemAt(
            entry,
            ['type'],
            `${type}, but ${shortId(opposite.id)} says that one of the two ${opposite.type} the other; expected statements that do one of them.`,
          ),
        ];
  });
};

const excludes = (one: string, other: string): boolean =>
  (AGREEING.has(one) && DISAGREEING.has(other)) || (DISAGREEING.has(one) && AGREEING.has(other));

/** Null for a statement that is unknown, which is reported elsewhere. */
const isAssertion = (statement: Seeds['statements'][number] | null): boolean =>
  statement !== null && statement.kind !== 'QUESTION' && statement.modality !== 'QUESTIONED';

function haveOneSpeaker(one: Seeds['statements'][number] | null, other: Seeds['statements'][number] | null): boolean {
  const [first, second] = [one, other].map((each) => each?.attribution.speakers.toSorted().join() ?? '');
  return first !== '' && first === second;
}

const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
