import { parseDecimal } from '@dossier/domain/facts';
import { boundsOf, linked } from '../consequences.js';
import type { Problem } from '../problem.js';
import { QUALIFIERS_WITHOUT_VALUE, type Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

const WITHOUT_VALUE: ReadonlySet<string> = new Set(QUALIFIERS_WITHOUT_VALUE);

const IN_WORDS: ReadonlySet<string> = new Set(['TREND', 'PRICE_RELATION']);

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
    const isReversed = lowerBound && upperBound && lowerBound.gt(upperBound);
    if (isReversed)
      problems.push(
        linked(
          problem(
            'lowerBound',
            `${lowerBound} is above the upper bound ${upperBound}; expected a lower bound of at most the upper bound.`,
          ),
          { subjects: [boundsOf(figure.id)] },
        ),
      );
    // Of reversed bounds, every value is outside.
    else if (value && ((lowerBound && value.lt(lowerBound)) || (upperBound && value.gt(upperBound))))
      problems.push(problem('value', `${value} is outside its bounds; expected a value between them.`));
    if (figure.value !== null && WITHOUT_VALUE.has(figure.qualifier))
      problems.push(
        problem(
          'value',
          `a value with the qualifier ${figure.qualifier}; expected none, because this qualifier means that there is no number.`,
        ),
      );
    if (figure.value !== null && IN_WORDS.has(figure.measure))
      problems.push(
        problem(
          'value',
          `a value with the measure ${figure.measure}, which is in words; expected none, or another measure.`,
        ),
      );
    if (figure.value === null && !WITHOUT_VALUE.has(figure.qualifier))
      problems.push(problem('value', `no value with the qualifier ${figure.qualifier}; expected a decimal.`));
    if (!isReversed && figure.value !== null) problems.push(...limitProblems(figure, parsed, problem));
    if (value && figure.measure === 'TRADE_VALUE' && value.isNegative() && !value.isZero())
      problems.push(
        problem('value', `${value} for the measure ${figure.measure}; expected an amount that is not negative.`),
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
    if (figure.publishedByIsCertain && figure.publishedBy === null)
      problems.push(problem('publishedByIsCertain', 'certain without a publisher; expected "publishedBy", or false.'));
    const candidates = figure.publisherCandidates;
    if (figure.publishedBy !== null && candidates.length > 0 && !candidates.includes(figure.publishedBy))
      problems.push(
        problem(
          'publisherCandidates',
          '"publishedBy" is not among the candidates; expected all actors that the number may come from.',
        ),
      );
    else if (figure.publishedByIsCertain && figure.publishedBy !== null && candidates.length > 1)
      problems.push(
        problem(
          'publishedByIsCertain',
          `certain with ${candidates.length} candidates; expected only "publishedBy" as a candidate, or false.`,
        ),
      );
    return problems;
  });

const LIMITS = {
  OVER: { bound: 'lowerBound', other: 'upperBound', where: 'above' },
  UNDER: { bound: 'upperBound', other: 'lowerBound', where: 'below' },
} as const;

/** What is wrong with the bounds of a figure that is over or under its value. */
function limitProblems(
  figure: Seeds['figures'][number],
  parsed: Partial<Record<string, ReturnType<typeof parseDecimal>>>,
  problem: (field: string, message: string) => Problem,
): Problem[] {
  const { qualifier } = figure;
  if (qualifier !== 'OVER' && qualifier !== 'UNDER') return [];
  const { bound, other, where } = LIMITS[qualifier];
  const name = bound === 'lowerBound' ? 'a lower bound' : 'an upper bound';
  if (figure[bound] === null) return [problem(bound, `the qualifier ${qualifier} without ${name}; expected one.`)];
  // The bounds of a derived figure follow from its formula.
  if (figure.derivation) return [];
  const { value, [bound]: limit, [other]: opposite } = parsed;
  if (value && limit && !limit.eq(value))
    return [
      problem(
        bound,
        `${limit} is not the value, ${value}, that the figure is ${qualifier.toLowerCase()}; expected the value as ${name.replace(/^an? /, 'the ')}.`,
      ),
    ];
  // An amount under another one may still be known not to be negative.
  return opposite && !(qualifier === 'UNDER' && opposite.isZero())
    ? [
        problem(
          other,
          `${opposite} with the qualifier ${qualifier}, which allows every amount ${where} the value; expected no bound on this side, or APPROXIMATELY.`,
        ),
      ]
    : [];
}
