import { mountDocuments } from '../mounted.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { attribution } from './attribution.js';
import { basis } from './basis.js';
import { dates } from './dates.js';
import { decimals } from './decimals.js';
import { derivations } from './derivations.js';
import { digests } from './digests.js';
import type { Check } from './input.js';
import { relations } from './relations.js';
import { spans } from './spans.js';
import { words } from './words.js';

const CHECKS: Check[] = [spans, digests, basis, attribution, dates, decimals, derivations, relations, words];

/** Everything that is wrong with records that could be read. */
export function runChecks(seeds: Seeds, entries: Entry[], documentsDir: string | undefined): Problem[] {
  const texts = mountDocuments(documentsDir, seeds.documents);
  return CHECKS.flatMap((check) => check({ seeds, entries, texts }));
}
