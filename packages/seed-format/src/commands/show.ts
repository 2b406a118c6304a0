import { parseCitationId, passageDigest } from '@dossier/domain';
import { stringify } from 'yaml';
import type { MountedDocument } from '../mounted.js';
import type { Seeds } from '../records.js';
import { type AnyRecord, findRecords, nearIds } from './find.js';
import { answered, failed, type Outcome } from './outcome.js';

type Texts = ReadonlyMap<string, MountedDocument>;

/** A record with where it stands and the words that it cites. */
export function show(seeds: Seeds, mounted: Texts, wanted: string): Outcome {
  const [record, ...others] = findRecords(seeds, wanted);
  if (!record) {
    const near = nearIds(seeds, wanted);
    return failed([
      `"${wanted}" is not the id of a record${near.length > 0 ? '; near it:' : '.'}`,
      ...near.map((id) => `  ${id}`),
    ]);
  }
  if (others.length > 0)
    return failed([
      `"${wanted}" is the id of ${others.length + 1} records; expected one of:`,
      ...[record, ...others].map((each) => `  ${each.id}  ${placeOf(each)}`),
    ]);
  const { id, origin: _, ...content } = record;
  const citations = citationsIn(content).flatMap((citation) => excerptOf(citation, mounted).split('\n'));
  // Lists that are one in memory are written out each time.
  const yaml = stringify({ id, ...content }, { aliasDuplicateObjects: false, lineWidth: 120 }).trimEnd();
  return answered([placeOf(record), '', ...yaml.split('\n'), ...(citations.length > 0 ? ['', ...citations] : [])]);
}

const placeOf = ({ origin }: AnyRecord): string => `${origin.file}:${origin.line}`;

interface Cited {
  citation: string;
  digest: string;
}

/** In the order in which they stand, each once. */
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
  if (!passage) return `${citation}\n  selects nothing: expected a start before its end`;
  const text = mounted.get(passage.document)?.text;
  if (!text) return `${citation}\n  code points ${passage.start} to ${passage.end}: text not mounted`;
  const words = text.slice(passage.start, passage.end);
  return `${citation}\n  ${words}${passageDigest(words) === digest ? '' : '\n  (not the words that were annotated: their digest differs)'}`;
}
