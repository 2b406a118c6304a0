import { parseDecimal } from '@dossier/domain/facts';
import { linked } from '../consequences.js';
import { QUALIFIERS_WITHOUT_VALUE, type Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

const WITHOUT_VALUE: ReadonlySet<string> = new Set(QUALIFIERS_WITHOUT_VALUE);

/** Reports quantities that are not exact decimals, or contradict their bounds, qualifier, id or basis. */
export const decimals: Check = ({ entries }) =>
  entriesOf(entries, 'figures').flatMap((entry) => {
    const figure = entry.parsed.record as unknown as Seeds['figures'][number];
    const problem = (field: string, message: string) =>
      linked(problemAt(entry, [field], message), { subjects: [entry.id] });
    const problems = [];
    const parsed: Record<string, ReturnType<typeof parseDecimal> | undefined> = {};
    for (const field of ['value', 'lowerBound', 'upperBound'] as const) {
      const text = figure[field];
      if (text === null) continue;
      try {
        parsed[field] = parseDecimal(text);
      } catch (error) {
        problems.push(problem(field, (error as Error).message));
      }
    }
    const { value, lowerBound, upperBound } = parsed;
    if (lowerBound && upperBound && lowerBound.gt(upperBound))
      problems.push(
        problem(
          'lowerBound',
          `${lowerBound} is above the upper bound ${upperBound}; expected a lower bound of at most the upper bound.`,
        ),
      );
    if (value && ((lowerBound && value.lt(lowerBound)) || (upperBound && value.gt(upperBound))))
      problems.push(problem('value', `${value} is outside its bounds; expected a value between them.`));
    if (figure.value !== null && WITHOUT_VALUE.has(figure.qualifier))
      problems.push(
        problem(
          'value',
          `a value with the qualifier ${figure.qualifier}; expected none, because this qualifier means that there is no number.`,
        ),
      );
    if (figure.value === null && !WITHOUT_VALUE.has(figure.qualifier))
      problems.push(problem('value', `no value with the qualifier ${figure.qualifier}; expected a decimal.`));
    if (figure.qualifier === 'OVER' && figure.lowerBound === null)
      problems.push(problem('lowerBound', 'the qualifier OVER without a lower bound; expected one.'));
    // The bounds of a derived figure follow from its formula.
    else if (figure.qualifier === 'OVER' && figure.id.includes('/F') && value && lowerBound && !lowerBound.eq(value))
      problems.push(
        problem(
          'lowerBound',
          `${lowerBound} is not the value, ${value}, that the figure is over; expected the value as the lower bound.`,
        ),
      );
    if (figure.id.includes('/F') !== (figure.derivation === null))
      problems.push(
        problem(
          'derivation',
          'the id does not fit; expected F for a stated figure, or D for a figure with a derivation.',
        ),
      );
    if ((figure.basis === 'DERIVED') !== (figure.derivation !== null))
      problems.push(
        problem(
          'basis',
          `${figure.basis} ${figure.derivation ? 'with' : 'without'} a derivation; expected DERIVED if and only if there is one.`,
        ),
      );
    return problems;
  });
