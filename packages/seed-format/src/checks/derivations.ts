import { type DayRange, ExactDecimal, parseDecimal, spanOf, unitKind } from '@dossier/domain/facts';
import { boundsOf, linked } from '../consequences.js';
import { type Decimal, type Dimension, type Formula, formatDimension, parseFormula } from '../formula.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Figure = Seeds['figures'][number];
type Figures = Pick<ReadonlyMap<string, Figure>, 'get'>;

const NOT_COMPUTABLE = 'not computable';
const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
const folderOf = (id: string): string => id.slice('figure:'.length, id.lastIndexOf('/'));
/** The typed id of a figure that the formula of another one names: in full if it is of another document. */
const inputOf = (figure: string, name: string): string =>
  `figure:${name.includes('/') ? name : `${folderOf(figure)}/${name}`}`;
/** The name of a figure in the formula of another one. */
const nameIn = (figure: string, id: string): string =>
  folderOf(figure) === folderOf(id) ? shortId(id) : id.slice('figure:'.length);

/** Maximum number of figures that one figure is derived from, directly or through others. */
const MAX_FIGURES = 1000;
/** Maximum number of operations to compute the bounds of a figure. Each input with bounds doubles them. */
const MAX_OPERATIONS = 200_000;

/** Thrown if an input does not exist or is not a decimal. That is reported for the input, not for the figure derived from it. */
class InputError extends Error {}

/** Reports derived figures whose value or bounds are not what their formula gives for their inputs. */
export const derivations: Check = ({ entries, folders }) => {
  const figures: Figures = { get: (id) => folders.find('figures', id) ?? undefined };
  const parse = createFormulaCache();
  // A wrong input makes every figure wrong that is derived from it.
  const linkedToInputs = (problem: Problem, figure: Figure) =>
    linked(problem, { subjects: [figure.id], causes: [...inputsOf(figure, figures), boundsOf(figure.id)] });
  return entriesOf(entries, 'figures').flatMap((entry) => {
    const figure = entry.parsed.record as unknown as Figure;
    if (!figure.derivation) return [];
    try {
      if (isDerivedFromItself(figure, figures))
        return [
          problemAt(
            entry,
            ['derivation', 'inputs'],
            `${shortId(figure.id)} is derived from itself; expected inputs that lead to stated figures.`,
          ),
        ];
      return figure.derivation.formula === NOT_COMPUTABLE
        ? notComputableProblems(entry, figure)
        : derivationProblems(entry, figure, figure.derivation, figures, parse).map((problem) =>
            linkedToInputs(problem, figure),
          );
    } catch (error) {
      if (error instanceof InputError) return [];
      return [linkedToInputs(problemAt(entry, ['derivation', 'formula'], (error as Error).message), figure)];
    }
  });
};

/** The same as a list; empty if there are too many. */
function inputsOf(figure: Figure, figures: Figures): string[] {
  try {
    return [...allInputs(figure, figures)];
  } catch {
    return [];
  }
}

const isDerivedFromItself = (figure: Figure, figures: Figures): boolean => allInputs(figure, figures).has(figure.id);

/** The direct and indirect inputs of a figure. Throws a RangeError if there are more than MAX_FIGURES of them. */
function allInputs({ id, derivation }: Figure, figures: Figures): Set<string> {
  const seen = new Set<string>(derivation?.inputs);
  // A set also iterates over what is added during the iteration.
  for (const input of seen) {
    if (input === id) break;
    for (const next of figures.get(input)?.derivation?.inputs ?? []) {
      if (seen.size > MAX_FIGURES) throw tooManyFigures();
      seen.add(next);
    }
  }
  return seen;
}

const tooManyFigures = (): RangeError =>
  new RangeError(`it is derived from more than ${MAX_FIGURES} figures; expected fewer.`);

type Parse = (formula: string) => Formula;

/** A formula parser with a cache: many figures may be derived from the same figure. */
function createFormulaCache(): Parse {
  const formulas = new Map<string, Formula>();
  return (text) => {
    let formula = formulas.get(text);
    if (!formula) {
      formula = parseFormula(text);
      formulas.set(text, formula);
    }
    return formula;
  };
}

function notComputableProblems(entry: Entry, { value, lowerBound, upperBound }: Figure): Problem[] {
  return (value ?? lowerBound ?? upperBound)
    ? [problemAt(entry, ['value'], 'a value or a bound for a figure that is not computable; expected none.')]
    : [];
}

function derivationProblems(
  entry: Entry,
  figure: Figure,
  { formula, inputs, rounding }: NonNullable<Figure['derivation']>,
  figures: Figures,
  parse: Parse,
): Problem[] {
  // An unknown input is reported where it is unknown.
  if (!inputs.every((id) => id.startsWith('figure:'))) return [];
  const parsed = parse(formula);
  const named = [...new Set(parsed.inputs.map((name) => nameIn(figure.id, inputOf(figure.id, name))))].sort();
  const given = [...new Set(inputs.map((id) => nameIn(figure.id, id)))].sort();
  if (named.join() !== given.join())
    return [
      problemAt(
        entry,
        ['derivation', 'inputs'],
        `the formula names ${named.join(', ')} but the inputs are ${given.join(', ')}; expected the same figures.`,
      ),
    ];
  if (!rounding)
    return [
      problemAt(entry, ['derivation'], 'no rounding; expected HALF_EVEN, or DOWN where the value is a lower bound.'),
    ];
  const dimension = dimensionProblem(figure, parsed, figures);
  if (dimension) return [problemAt(entry, ['derivation', 'formula'], dimension)];
  const expected = computeResult(figure, expand(figure, figures, parse), rounding, figures);
  const wrong = (['value', 'lowerBound', 'upperBound'] as const).flatMap((field) =>
    figure[field] === expected[field]
      ? []
      : [
          problemAt(
            entry,
            [field],
            `${figure[field] ?? 'nothing'} is not the result of "${formula}"; expected ${expected[field] ?? 'none, because it is unbounded on this side'}.`,
          ),
        ],
  );
  const known = inputs.flatMap((id) => figures.get(id) ?? []);
  return wrong.length > 0 || known.length < inputs.length ? wrong : contextProblems(entry, figure, known);
}

/** Reports a derived figure about another flow, party or period than all of its inputs, and one that is more exact than they are. */
function contextProblems(entry: Entry, figure: Figure, inputs: readonly Figure[]): Problem[] {
  const differing = (['flow', 'reporter', 'partner'] as const).flatMap((field) => {
    const [first, ...others] = inputs.map((input) => input[field]);
    const own = figure[field];
    return own !== null && first && own !== first && others.every((other) => other === first)
      ? [problemAt(entry, [field], `"${own}", but all inputs have "${first}"; expected "${first}".`)]
      : [];
  });
  const inexact = inputs.find(({ qualifier }) => qualifier !== 'EXACT');
  return [
    ...differing,
    ...(figure.qualifier === 'EXACT' && inexact
      ? [
          problemAt(
            entry,
            ['qualifier'],
            `EXACT, but its input ${nameIn(figure.id, inexact.id)} is ${inexact.qualifier}; expected the qualifier that follows from it.`,
          ),
        ]
      : []),
    ...(figure.qualifier === 'EXACT' && !inexact && isRounded(figure)
      ? [problemAt(entry, ['qualifier'], 'EXACT for a result with bounds of its own; expected APPROXIMATELY.')]
      : []),
    ...periodProblems(entry, figure, inputs),
    ...(figure.unit === 'percent' &&
    inputs.every(({ unit }) => unit !== 'percent') &&
    !/\b100\b/.test(figure.derivation?.formula ?? '')
      ? [
          problemAt(
            entry,
            ['unit'],
            `percent, but "${figure.derivation?.formula}" gives a ratio; expected ratio, or a formula with 100.`,
          ),
        ]
      : []),
  ];
}

/** Whether the bounds of a figure leave room for other values. */
const isRounded = ({ value, lowerBound, upperBound }: Figure): boolean =>
  [lowerBound, upperBound].some((bound) => bound !== null && bound !== value);

const CHANGES: ReadonlySet<string> = new Set(['PERCENT_CHANGE', 'ABSOLUTE_CHANGE']);

/** The period of a derived figure is within those of its inputs. From a change, the period before it follows. */
function periodProblems(entry: Entry, figure: Figure, inputs: readonly Figure[]): Problem[] {
  const own = rangeOf(figure.period.edtf);
  const ranges = inputs.map(({ period }) => rangeOf(period.edtf));
  if (inputs.length === 0 || [own, ...ranges].some(({ earliest, latest }) => earliest === null || latest === null))
    return [];
  const [from, until] = ends(ranges);
  const margin = [figure, ...inputs].some(({ measure }) => CHANGES.has(measure)) ? 1 : 0;
  const isWithin =
    (own.earliest as string) >= shiftYears(from, -margin) && (own.latest as string) <= shiftYears(until, margin);
  return isWithin
    ? []
    : [
        problemAt(
          entry,
          ['period', 'edtf'],
          `${figure.period.edtf} is not a period of the inputs (${from} to ${until}); expected one within it.`,
        ),
      ];
}

function ends(ranges: readonly DayRange[]): [string, string] {
  const from = ranges.map(({ earliest }) => earliest as string).sort()[0] as string;
  const until = ranges
    .map(({ latest }) => latest as string)
    .sort()
    .at(-1) as string;
  return [from, until];
}

const shiftYears = (day: string, years: number): string =>
  String(Number(day.slice(0, 4)) + years).padStart(4, '0') + day.slice(4);

/** Unknown for a date that cannot be read, which is reported elsewhere. */
function rangeOf(edtf: string): DayRange {
  try {
    return spanOf(edtf);
  } catch {
    return { earliest: null, latest: null };
  }
}

/** What is wrong with the units of a formula; null if they are consistent and give the unit of the figure, or if one of them is unknown. */
function dimensionProblem({ id, unit }: Figure, { dimension }: Formula, figures: Figures): string | null {
  const result = dimension((name) => dimensionOf(figures.get(inputOf(id, name))?.unit ?? null));
  const own = dimensionOf(unit);
  if (!result || !own || formatDimension(result) === formatDimension(own)) return null;
  return `the formula gives ${formatDimension(result)}, but the unit is ${unit}; expected a formula that gives ${formatDimension(own)}.`;
}

function dimensionOf(unit: string | null): Dimension | null {
  const kind = unit === null ? null : unitKind(unit);
  if (unit === null || kind === null) return null;
  return kind === 'CURRENCY' ? { [unit]: 1 } : {};
}

/** Value and bounds, rounded to the number of decimals that is stored. Bounds are rounded outward; null means unbounded. */
function computeResult(
  { value, lowerBound, upperBound }: Figure,
  expanded: Expanded,
  rounding: 'HALF_EVEN' | 'DOWN',
  figures: Figures,
): Record<'value' | 'lowerBound' | 'upperBound', string | null> {
  const stated = (): Computed => compute(expanded, (id) => amountOf(figures.get(id), 'value'));
  if (
    expanded.steps.some(({ formula }) => formula.divisors.length > 0) &&
    stated().divisors.some((divisor) => divisor.isZero())
  )
    throw new RangeError('the formula divides by zero; expected one that can be computed.');
  const corners = cornersOf(expanded, figures).map((corner) => compute(expanded, (id) => corner.get(id) as Decimal));
  // A formula is monotonic in each input between the ends of its bounds, so its extremes are at those ends, unless a divisor may be zero.
  const isOpen = (corners[0]?.divisors ?? []).some((_, index) =>
    mayBeZero(corners.map(({ divisors }) => divisors[index] as Decimal)),
  );
  const results = isOpen
    ? [new ExactDecimal(-Infinity), new ExactDecimal(Infinity)]
    : corners.map(({ result }) => result);
  return {
    value: roundTo(
      stated().result,
      decimalsIn(value),
      rounding === 'DOWN' ? ExactDecimal.ROUND_FLOOR : ExactDecimal.ROUND_HALF_EVEN,
    ),
    lowerBound: roundTo(
      results.reduce((min, result) => ExactDecimal.min(min, result)),
      decimalsIn(lowerBound ?? value),
      ExactDecimal.ROUND_FLOOR,
    ),
    upperBound: roundTo(
      results.reduce((max, result) => ExactDecimal.max(max, result)),
      decimalsIn(upperBound ?? value),
      ExactDecimal.ROUND_CEIL,
    ),
  };
}

const mayBeZero = (amounts: Decimal[]): boolean =>
  !amounts.every((amount) => amount.gt(0)) && !amounts.every((amount) => amount.lt(0));
const decimalsIn = (value: string | null): number => value?.split('.')[1]?.length ?? 0;
// A value that is rounded to zero has no sign. Infinite and undefined values are unbounded.
const roundTo = (value: Decimal, places: number, rounding: 2 | 3 | 6): string | null =>
  value.isFinite() ? value.toDecimalPlaces(places, rounding).toFixed(places) : null;

/** A figure in terms of stated figures only, so that an input that two derived figures share has one value at a time. */
interface Expanded {
  /** The stated figures. */
  inputs: string[];
  /** The derived figures, each after its inputs; the last is the figure itself. */
  steps: Step[];
}

interface Step {
  id: string;
  formula: Formula;
}

function expand(figure: Figure, figures: Figures, parse: Parse): Expanded {
  const inputs = new Set<string>();
  const steps = new Map<string, Step>();
  const above = new Set<string>();
  const visit = ({ id, derivation }: Figure): void => {
    // A cycle that the figure itself is not part of.
    if (!derivation || above.has(id)) throw new InputError();
    if (above.size + steps.size > MAX_FIGURES) throw tooManyFigures();
    const formula = above.size > 0 ? parseInput(derivation.formula, parse) : parse(derivation.formula);
    above.add(id);
    for (const name of formula.inputs) {
      const input = figures.get(inputOf(id, name));
      if (!input) throw new InputError();
      if (!input.derivation || input.derivation.formula === NOT_COMPUTABLE) inputs.add(input.id);
      else if (!steps.has(input.id)) visit(input);
    }
    above.delete(id);
    steps.set(id, { id, formula });
  };
  visit(figure);
  return { inputs: [...inputs], steps: [...steps.values()] };
}

interface Computed {
  result: Decimal;
  /** The divisors of all formulas, in order. */
  divisors: Decimal[];
}

/** Computes each figure once, however often formulas name it. */
function compute({ steps }: Expanded, amount: (id: string) => Decimal): Computed {
  const values = new Map<string, Decimal>();
  const divisors: Decimal[] = [];
  let result = new ExactDecimal(0);
  for (const { id, formula } of steps) {
    const amountIn = (name: string): Decimal => values.get(inputOf(id, name)) ?? amount(inputOf(id, name));
    for (const divisor of formula.divisors) divisors.push(divisor(amountIn));
    result = formula.evaluate(amountIn);
    values.set(id, result);
  }
  return { result, divisors };
}

function parseInput(formula: string, parse: Parse): Formula {
  try {
    return parse(formula);
  } catch {
    throw new InputError();
  }
}

function amountOf(figure: Figure | undefined, field: 'value' | 'lowerBound' | 'upperBound'): Decimal {
  if (!figure) throw new InputError();
  const text = figure[field];
  if (text === null)
    throw new RangeError(
      `${shortId(figure.id)} has no value to compute with; expected the formula "${NOT_COMPUTABLE}".`,
    );
  try {
    return parseDecimal(text);
  } catch {
    throw new InputError();
  }
}

/** Every combination of the ends of the inputs' bounds. An input without bounds is exact; one with a single bound is unbounded on the other side. */
function cornersOf({ inputs, steps }: Expanded, figures: Figures): Map<string, Decimal>[] {
  const ends = inputs.map((id): [string, Decimal[]] => [id, endsOf(figures.get(id) as Figure)]);
  const count = ends.reduce((product, [, each]) => product * each.length, 1);
  const operations = count * steps.reduce((sum, { formula }) => sum + formula.size, 0);
  if (operations > MAX_OPERATIONS) {
    const bounded = ends.filter(([, each]) => each.length > 1).length;
    throw new RangeError(
      `it is derived from ${bounded} inputs with bounds, too many to try all combinations; expected fewer.`,
    );
  }
  return ends.reduce<Map<string, Decimal>[]>(
    (corners, [id, each]) => corners.flatMap((corner) => each.map((end) => new Map([...corner, [id, end]]))),
    [new Map()],
  );
}

function endsOf(figure: Figure): Decimal[] {
  if (figure.lowerBound === null && figure.upperBound === null) return [amountOf(figure, 'value')];
  return [
    figure.lowerBound === null ? new ExactDecimal(-Infinity) : amountOf(figure, 'lowerBound'),
    figure.upperBound === null ? new ExactDecimal(Infinity) : amountOf(figure, 'upperBound'),
  ];
}
