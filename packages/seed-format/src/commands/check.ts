import type { MountedDocument } from '../mounted.js';
import { formatProblem } from '../problem.js';
import type { ReadResult } from '../read.js';
import { failure, type Outcome, success } from './outcome.js';

const AVAILABILITY_TEXT: Record<MountedDocument['availability'], string> = {
  VERIFIED: 'text compared',
  NOT_MOUNTED: 'text not mounted: digests not compared',
  MISMATCH: 'the text mounted under its name has another digest: digests not compared',
};

/**
 * All problems; if there are none, the number of records, the documents that were compared with their texts, and the values that could not
 * be compared with their words.
 */
export function check(
  { seeds, problems, notes }: ReadResult,
  mounted: ReadonlyMap<string, MountedDocument>,
  { json = false } = {},
): Outcome {
  const counts =
    seeds && Object.fromEntries(Object.entries(seeds).map(([section, records]) => [section, records.length]));
  const documents = (seeds?.documents ?? []).map(({ id }) => ({
    id,
    availability: mounted.get(id)?.availability ?? 'NOT_MOUNTED',
  }));
  const end = problems.length === 0 ? success : failure;
  if (json) return end(JSON.stringify({ problems, notes, counts, documents }, null, 2).split('\n'));
  if (problems.length > 0) return failure(problems.map(formatProblem));
  return success([
    ...Object.entries(counts ?? {}).map(([section, count]) => `${section}: ${count}`),
    ...documents.map(({ id, availability }) => `${id}: ${AVAILABILITY_TEXT[availability]}`),
    ...notes.map((note) => `note: ${formatProblem(note)}`),
    'No problems.',
  ]);
}
