import type { MountedDocument } from '../mounted.js';
import { formatProblem } from '../problem.js';
import type { ReadResult } from '../read.js';
import { answered, failed, type Outcome } from './outcome.js';

const COMPARED: Record<MountedDocument['availability'], string> = {
  VERIFIED: 'text compared',
  NOT_MOUNTED: 'text not mounted: digests not compared',
  MISMATCH: 'the text mounted under its name is another one: digests not compared',
};

/** All problems; or, where there are none, what was read and which documents were compared with their texts. */
export function check(
  { seeds, problems }: ReadResult,
  mounted: ReadonlyMap<string, MountedDocument>,
  { json = false } = {},
): Outcome {
  const counts =
    seeds && Object.fromEntries(Object.entries(seeds).map(([section, records]) => [section, records.length]));
  const documents = (seeds?.documents ?? []).map(({ id }) => ({
    id,
    availability: mounted.get(id)?.availability ?? 'NOT_MOUNTED',
  }));
  const end = problems.length === 0 ? answered : failed;
  if (json) return end(JSON.stringify({ problems, counts, documents }, null, 2).split('\n'));
  if (problems.length > 0) return failed(problems.map(formatProblem));
  return answered([
    ...Object.entries(counts ?? {}).map(([section, count]) => `${section}: ${count}`),
    ...documents.map(({ id, availability }) => `${id}: ${COMPARED[availability]}`),
    'No problems.',
  ]);
}
