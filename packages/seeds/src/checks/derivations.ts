import { ExactDecimal, parseDecimal } from '@dossier/provenance';
import { type Decimal, type Evaluate, type Formula, parseFormula } from '../formula.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Figure = Seeds['figures'][number];
type Figures = Pick<ReadonlyMap<string, Figure>, 'get'>;

const NOT_COMPUTABLE = 'not computable';
const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** Thrown where an input is not there or is no decimal: that is a problem of the input, and is reported there. */
class InputProblem extends Error {}

/** A derived figure is what its formula and its inputs give: value, and the least and greatest that the inputs leave open. */
export const derivations: Check = ({ entries, folders }) => {
  const figures: Figures = { get: (id) => folders.find('figures', id) ?? undefined };
  return entriesOf(entries, 'figures').flatMap((entry) => {
    const figure = entry.parsed.record as unknown as Figure;
    if (!figure.derivation) return [];
    if (leadsTo(figure.id, figure, figures, new Set()))
      return [problemAt(entry, ['derivation', 'inputs'], `${shortId(figure.id)} is derived from itself; expected inputs that lead to stated figures.`)];
    try {
      return figure.derivation.formula === NOT_COMPUTABLE ? notComputable(entry, figure) : computed(entry, figure, figure.derivation, figures);
    } catch (error) {
      if (error instanceof InputProblem) return [];
      return [problemAt(entry, ['derivation', 'formula'], (error as Error).message)];
    }
  });
};

/** Whether one gets from a figure, input by input, to that of the id. */
function leadsTo(id: string, { derivation }: Figure, figures: Figures, seen: Set<string>): boolean {
  return (derivation?.inputs ?? []).some((input) => {
    if (input === id) return true;
    const figure = figures.get(input);
    if (!figure || seen.has(input)) return false;
    seen.add(input);
    return leadsTo(id, figure, figures, seen);
  });
}

function notComputable(entry: Entry, { value, lowerBound, upperBound }: Figure): Problem[] {
  return (value ?? lowerBound ?? upperBound) ? [problemAt(entry, ['value'], 'a value or a bound of what is not computable; expected none.')] : [];
}

function computed(entry: Entry, figure: Figure, { formula, inputs, rounding }: NonNullable<Figure['derivation']>, figures: Figures): Problem[] {
  const named = parseFormula(formula).inputs.sort();
  const given = inputs.map(shortId).sort();
  if (named.join() !== given.join()) return [problemAt(entry, ['derivation', 'inputs'], `the formula names ${named.join(', ')} but the inputs are ${given.join(', ')}; expected the same.`)];
  if (!rounding) return [problemAt(entry, ['derivation'], 'no rounding; expected HALF_EVEN, or DOWN where the value is a lower bound.')];
  const expected = resultOf(figure, expand(figure, figures), rounding, figures);
  return (['value', 'lowerBound', 'upperBound'] as const).flatMap((field) =>
    figure[field] === expected[field]
      ? []
      : [problemAt(entry, [field], `${figure[field] ?? 'nothing'} is not what "${formula}" gives; expected ${expected[field] ?? 'none: it is open on this side'}.`)],
  );
}

/** To as many decimals as are stored; bounds are rounded outward. */
function resultOf({ value, lowerBound, upperBound }: Figure, expanded: Formula, rounding: 'HALF_EVEN' | 'DOWN', figures: Figures): Record<'value' | 'lowerBound' | 'upperBound', string | null> {
  const stated = (id: string): Decimal => amountOf(figures.get(id), 'value');
  if (expanded.divisors.some((divisor) => divisor(stated).isZero())) throw new RangeError('the formula divides by zero; expected one that can be computed.');
  const corners = cornersOf(expanded.inputs, figures);
  const at = (evaluate: Evaluate): Decimal[] => corners.map((corner) => evaluate((id) => corner.get(id) as Decimal));
  // Between its corners a formula runs one way in each input, so that its least and greatest lie there; but not where it divides by what may be zero.
  const isOpen = expanded.divisors.some((divisor) => mayBeZero(at(divisor)));
  const results = isOpen ? [new ExactDecimal(-Infinity), new ExactDecimal(Infinity)] : at(expanded.evaluate);
  return {
    value: rounded(expanded.evaluate(stated), decimalsIn(value), rounding === 'DOWN' ? ExactDecimal.ROUND_FLOOR : ExactDecimal.ROUND_HALF_EVEN),
    lowerBound: rounded(ExactDecimal.min(...results), decimalsIn(lowerBound ?? value), ExactDecimal.ROUND_FLOOR),
    upperBound: rounded(ExactDecimal.max(...results), decimalsIn(upperBound ?? value), ExactDecimal.ROUND_CEIL),
  };
}

const mayBeZero = (amounts: Decimal[]): boolean => !amounts.every((amount) => amount.gt(0)) && !amounts.every((amount) => amount.lt(0));
const decimalsIn = (value: string | null): number => value?.split('.')[1]?.length ?? 0;
// Rounded to zero it has no sign. What is infinite, or undetermined, is open.
const rounded = (value: Decimal, places: number, rounding: 2 | 3 | 6): string | null => (value.isFinite() ? value.toDecimalPlaces(places, rounding).toFixed(places) : null);

/** The formula over stated figures alone: what two derived inputs share must vary together. */
function expand({ id, derivation, origin }: Figure, figures: Figures, above: ReadonlySet<string> = new Set()): Formula {
  // Above it in a circle that the figure asked for is not part of.
  if (!derivation || above.has(id)) throw new InputProblem();
  const own = parseInput(derivation.formula, above.size > 0);
  const typed = (short: string): string => derivation.inputs.find((input) => shortId(input) === short) ?? `${origin.document?.replace('document:', 'figure:')}/${short}`;
  const parts = new Map(
    own.inputs.map((short): [string, Formula] => {
      const input = figures.get(typed(short));
      if (!input) throw new InputProblem();
      return [
        short,
        input.derivation && input.derivation.formula !== NOT_COMPUTABLE
          ? expand(input, figures, new Set([...above, id]))
          : { inputs: [input.id], evaluate: (amount) => amount(input.id), divisors: [] },
      ];
    }),
  );
  const over =
    (evaluate: Evaluate): Evaluate =>
    (amount) =>
      evaluate((short) => (parts.get(short) as Formula).evaluate(amount));
  return {
    inputs: [...new Set([...parts.values()].flatMap((part) => part.inputs))],
    evaluate: over(own.evaluate),
    divisors: [...own.divisors.map(over), ...[...parts.values()].flatMap((part) => part.divisors)],
  };
}

function parseInput(formula: string, isInput: boolean): Formula {
  try {
    return parseFormula(formula);
  } catch (error) {
    throw isInput ? new InputProblem() : error;
  }
}

function amountOf(figure: Figure | undefined, field: 'value' | 'lowerBound' | 'upperBound'): Decimal {
  if (!figure) throw new InputProblem();
  const text = figure[field];
  if (text === null) throw new RangeError(`${shortId(figure.id)} has no value to compute with; expected the formula "${NOT_COMPUTABLE}".`);
  try {
    return parseDecimal(text);
  } catch {
    throw new InputProblem();
  }
}

/** Every choice of an end of each input's bounds. An input without bounds is exact; one with a single bound is open beyond it. */
function cornersOf(inputs: string[], figures: Figures): Map<string, Decimal>[] {
  return inputs.reduce<Map<string, Decimal>[]>((corners, id) => corners.flatMap((corner) => endsOf(figures.get(id) as Figure).map((end) => new Map([...corner, [id, end]]))), [new Map()]);
}

function endsOf(figure: Figure): Decimal[] {
  if (figure.lowerBound === null && figure.upperBound === null) return [amountOf(figure, 'value')];
  return [figure.lowerBound === null ? new ExactDecimal(-Infinity) : amountOf(figure, 'lowerBound'), figure.upperBound === null ? new ExactDecimal(Infinity) : amountOf(figure, 'upperBound')];
}
