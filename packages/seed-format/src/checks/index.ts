import type { Problem } from '../problem.js';
import { aliases } from './aliases.js';
import { attribution } from './attribution.js';
import { basis } from './basis.js';
import { boilerplate } from './boilerplate.js';
import { buildable } from './buildable.js';
import { copies } from './copies.js';
import { cutTexts } from './cutTexts.js';
import { dates } from './dates.js';
import { decimals } from './decimals.js';
import { derivations } from './derivations.js';
import { digests } from './digests.js';
import { documents } from './documents.js';
import { hedges } from './hedges.js';
import { identifiers } from './identifiers.js';
import type { Check, CheckInput } from './input.js';
import { insertions } from './insertions.js';
import { kinds } from './kinds.js';
import { links } from './links.js';
import { merges } from './merges.js';
import { names } from './names.js';
import { order } from './order.js';
import { places } from './places.js';
import { provenance } from './provenance.js';
import { quotations } from './quotations.js';
import { register } from './register.js';
import { relations } from './relations.js';
import { repeats } from './repeats.js';
import { rounding } from './rounding.js';
import { selves } from './selves.js';
import { spans } from './spans.js';
import { stated } from './stated.js';
import { statedDates } from './statedDates.js';
import { statementPassages } from './statementPassages.js';
import { symbols } from './symbols.js';
import { tensions } from './tensions.js';
import { ownTexts, texts } from './texts.js';
import { unfinished } from './unfinished.js';
import { units } from './units.js';
import { words } from './words.js';

const CHECKS: Check[] = [
  documents,
  cutTexts,
  texts,
  spans,
  digests,
  basis,
  attribution,
  dates,
  order,
  statedDates,
  decimals,
  units,
  stated,
  rounding,
  derivations,
  kinds,
  relations,
  tensions,
  links,
  register,
  merges,
  symbols,
  identifiers,
  places,
  hedges,
  quotations,
  statementPassages,
  boilerplate,
  insertions,
  aliases,
  names,
  selves,
  buildable,
  repeats,
  copies,
  words,
  unfinished,
  provenance,
];

/** All problems of the records that could be read. */
export function runChecks(input: CheckInput): Problem[] {
  // Compared with the text of another document, everything would be wrong.
  const own = { ...input, texts: ownTexts(input) };
  return CHECKS.flatMap((check) => check(check === texts ? input : own));
}
