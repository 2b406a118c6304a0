import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';

export function runChecks(_seeds: Seeds, _entries: Entry[], _documentsDir: string | undefined): Problem[] {
  return [];
}
