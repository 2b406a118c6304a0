import { parseDecimal } from '@dossier/domain';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

const WITHOUT_VALUE = new Set([
  'VIRTUALLY_NIL',
  'UNQUANTIFIED',
  'DECLINING',
  'MINUSCULE_RANGE',
  'ABOVE_MARKET_PRICE',
  'BELOW_MARKET_PRICE',
  'NOT_COMPUTABLE',
]);

/** Quantities are exact decimals that agree with their bounds and their qualifier. */
export const decimals: Check = ({ entries }) =>
  entriesOf(entries, 'figures').flatMap((entry) => {
    const figure = entry.parsed.record as unknown as Seeds['figures'][number];
    const say = (field: string, message: string) => problemAt(entry, [field], message);
    const problems = [];
    const read: Record<string, ReturnType<typeof parseDecimal> | undefined> = {};
    for (const field of ['value', 'lowerBound', 'upperBound'] as const) {
      const text = figure[field];
      if (text === null) continue;
      try {
        read[field] = parseDecimal(text);
      } catch (error) {
        problems.push(say(field, (error as Error).message));
      }
    }
    const { value, lowerBound, upperBound } = read;
    if (lowerBound && upperBound && lowerBound.gt(upperBound))
      problems.push(
        say('lowerBound', `${lowerBound} is above the upper bound ${upperBound}; expected the lesser value.`),
      );
    if (value && ((lowerBound && value.lt(lowerBound)) || (upperBound && value.gt(upperBound))))
      problems.push(say('value', `${value} lies outside its bounds; expected a value between them.`));
    if (figure.value !== null && WITHOUT_VALUE.has(figure.qualifier))
      problems.push(say('value', `a value with the qualifier ${figure.qualifier}; expected none: no number is given.`));
    if (figure.value === null && !WITHOUT_VALUE.has(figure.qualifier))
      problems.push(say('value', `no value with the qualifier ${figure.qualifier}; expected a decimal.`));
    if (figure.qualifier === 'OVER' && figure.lowerBound === null)
      problems.push(say('lowerBound', 'the qualifier OVER without a lower bound; expected one.'));
    if (figure.id.includes('/F') !== (figure.derivation === null))
      problems.push(
        say('derivation', 'a stated figure (F) has no derivation and a derived one (D) has; expected the id to agree.'),
      );
    if ((figure.basis === 'DERIVED') !== (figure.derivation !== null))
      problems.push(
        say(
          'basis',
          `${figure.basis} ${figure.derivation ? 'with' : 'without'} a derivation; expected DERIVED where there is one, and only there.`,
        ),
      );
    return problems;
  });
