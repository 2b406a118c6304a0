import type { Problem } from '../problem.js';
import { attribution } from './attribution.js';
import { basis } from './basis.js';
import { dates } from './dates.js';
import { decimals } from './decimals.js';
import { derivations } from './derivations.js';
import { digests } from './digests.js';
import { documents } from './documents.js';
import type { Check, CheckInput } from './input.js';
import { kinship } from './kinship.js';
import { links } from './links.js';
import { merges } from './merges.js';
import { places } from './places.js';
import { register } from './register.js';
import { relations } from './relations.js';
import { repeats } from './repeats.js';
import { spans } from './spans.js';
import { symbols } from './symbols.js';
import { words } from './words.js';

const CHECKS: Check[] = [
  documents,
  spans,
  digests,
  basis,
  attribution,
  dates,
  decimals,
  derivations,
  relations,
  kinship,
  links,
  register,
  merges,
  symbols,
  places,
  repeats,
  words,
];

/** All problems of the records that could be read. */
export const runChecks = (input: CheckInput): Problem[] => CHECKS.flatMap((check) => check(input));
