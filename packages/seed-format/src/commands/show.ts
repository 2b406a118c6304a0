import { parseCitationId, passageDigest } from '@dossier/domain/facts';
import { stringify } from 'yaml';
import type { MountedDocument } from '../mounted.js';
import type { Seeds } from '../records.js';
import { type AnyRecord, findRecords, similarIds } from './find.js';
import { failure, type Outcome, success } from './outcome.js';

type Texts = ReadonlyMap<string, MountedDocument>;

type Merge = Seeds['merges'][number];

/** The merge that gave up an id, typed or not; null if the id was not given up. */
export const mergeOf = ({ merges }: Seeds, wanted: string): Merge | null =>
  merges.find(({ id }) => id === wanted || id.slice(id.indexOf(':') + 1) === wanted) ?? null;

interface ShowOptions {
  /** Whether not all folders with the id were read. */
  isCutOff?: boolean;
  /** The merge that gave up the id: the record with the other id is shown. */
  merge?: Merge | null;
}

/** A record with its location and the words that it cites. */
export function show(
  seeds: Seeds,
  mounted: Texts,
  wanted: string,
  { isCutOff = false, merge = null }: ShowOptions = {},
): Outcome {
  const [record, ...others] = findRecords(seeds, merge?.sameAs ?? wanted);
  if (!record) {
    const near = similarIds(seeds, wanted);
    return failure([
      `"${wanted}" is not the id of a record${near.length > 0 ? '; similar ids:' : '.'}`,
      ...near.map((id) => `  ${id}`),
    ]);
  }
  if (others.length > 0)
    return failure([
      `"${wanted}" is the id of ${isCutOff ? 'more than ' : ''}${others.length + 1} records; expected one of:`,
      ...[record, ...others].map((each) => `  ${each.id}  ${locationOf(each)}`),
    ]);
  const { id, origin: _, ...content } = record;
  const citations = citationsIn(content).flatMap((citation) => excerptOf(citation, mounted).split('\n'));
  // Lists that are shared in memory are written in full, not as YAML aliases.
  const yaml = stringify({ id, ...content }, { aliasDuplicateObjects: false, lineWidth: 120 }).trimEnd();
  const mergedLine = merge
    ? [`${merge.id} was merged into ${merge.sameAs} (${merge.origin.file}:${merge.origin.line}): ${merge.reason}`]
    : [];
  return success([
    ...mergedLine,
    locationOf(record),
    '',
    ...yaml.split('\n'),
    ...(citations.length > 0 ? ['', ...citations] : []),
  ]);
}

const locationOf = ({ origin }: AnyRecord): string => `${origin.file}:${origin.line}`;

interface Cited {
  citation: string;
  digest: string;
}

/** The citations in a record, in order, without duplicates. */
function citationsIn(value: unknown): Cited[] {
  const found = new Map<string, Cited>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('citation' in part && 'digest' in part) {
      const { citation, digest } = part as Cited;
      found.set(`${citation} ${digest}`, { citation, digest });
    }
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(value);
  return [...found.values()];
}

function excerptOf({ citation, digest }: Cited, mounted: Texts): string {
  const passage = parseCitationId(citation);
  if (!passage) return `${citation}\n  is empty: expected a start before its end`;
  const text = mounted.get(passage.document)?.text;
  if (!text) return `${citation}\n  code points ${passage.start} to ${passage.end}: text not mounted`;
  const words = text.slice(passage.start, passage.end);
  return `${citation}\n  ${words}${passageDigest(words) === digest ? '' : '\n  (not the annotated words: the digest differs)'}`;
}
