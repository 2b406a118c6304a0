import { ExactDecimal } from '@dossier/provenance';
import { type Formula, parseFormula } from '../formula.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Decimal = InstanceType<typeof ExactDecimal>;
type Figure = Seeds['figures'][number];

const NOT_COMPUTABLE = 'not computable';
const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** A derived figure is what its formula and its inputs give: value, and the least and greatest that the inputs leave open. */
export const derivations: Check = ({ seeds, entries }) => {
  const figures = new Map(seeds.figures.map((figure) => [figure.id, figure]));
  return entriesOf(entries, 'figures').flatMap((entry) => {
    const figure = entry.parsed.record as unknown as Figure;
    if (!figure.derivation) return [];
    try {
      return figure.derivation.formula === NOT_COMPUTABLE ? notComputable(entry, figure) : computed(entry, figure, figures);
    } catch (error) {
      return [problemAt(entry, ['derivation', 'formula'], (error as Error).message)];
    }
  });
};

function notComputable(entry: Entry, { value, lowerBound, upperBound }: Figure): Problem[] {
  return (value ?? lowerBound ?? upperBound) ? [problemAt(entry, ['value'], 'a value or a bound of what is not computable; expected none.')] : [];
}

function computed(entry: Entry, figure: Figure, figures: Map<string, Figure>): Problem[] {
  const { derivation, value, lowerBound, upperBound } = figure;
  if (!derivation) return [];
  const named = parseFormula(derivation.formula).inputs.sort();
  const given = derivation.inputs.map(shortId).sort();
  if (named.join() !== given.join()) return [problemAt(entry, ['derivation', 'inputs'], `the formula names ${named.join(', ')} but the inputs are ${given.join(', ')}; expected the same.`)];
  const expanded = expand(figure, figures, new Set());
  const nominal = expanded.evaluate((id) => amountOf(id, figures, 'value'));
  // The formulas are monotone in each input, so that the least and the greatest lie at corners of the inputs' bounds.
  const corners = cornersOf(expanded.inputs, figures).map((corner) => expanded.evaluate((id) => corner.get(id) as Decimal));
  const places = decimalsIn(value);
  const rounding = derivation.rounding === 'DOWN' ? ExactDecimal.ROUND_FLOOR : ExactDecimal.ROUND_HALF_EVEN;
  const expected = {
    value: nominal.toFixed(places, rounding),
    lowerBound: bound(ExactDecimal.min(...corners), decimalsIn(lowerBound ?? value), ExactDecimal.ROUND_FLOOR),
    upperBound: bound(ExactDecimal.max(...corners), decimalsIn(upperBound ?? value), ExactDecimal.ROUND_CEIL),
  };
  return (['value', 'lowerBound', 'upperBound'] as const).flatMap((field) =>
    figure[field] === expected[field]
      ? []
      : [problemAt(entry, [field], `${figure[field] ?? 'nothing'} is not what "${derivation.formula}" gives; expected ${expected[field] ?? 'none: it is open on this side'}.`)],
  );
}

const decimalsIn = (value: string | null): number => value?.split('.')[1]?.length ?? 0;
const bound = (value: Decimal, places: number, rounding: 2 | 3): string | null => (value.isFinite() ? value.toFixed(places, rounding) : null);

/** The formula over stated figures alone: what two derived inputs share must vary together. */
function expand({ id, derivation, origin }: Figure, figures: Map<string, Figure>, above: Set<string>): Formula {
  if (above.has(id)) throw new RangeError(`${shortId(id)} is derived from itself; expected inputs that lead to stated figures.`);
  if (!derivation) throw new RangeError(`${shortId(id)} has no derivation.`);
  const own = parseFormula(derivation.formula);
  const typed = (short: string): string => derivation.inputs.find((input) => shortId(input) === short) ?? `${origin.document?.replace('document:', 'figure:')}/${short}`;
  const parts = new Map(
    own.inputs.map((short): [string, Formula] => {
      const input = figures.get(typed(short));
      if (!input) throw new RangeError(`${short} is no figure; expected the id of one.`);
      return [short, input.derivation ? expand(input, figures, new Set([...above, id])) : { inputs: [input.id], evaluate: (amountOf) => amountOf(input.id) }];
    }),
  );
  return {
    inputs: [...new Set([...parts.values()].flatMap((part) => part.inputs))],
    evaluate: (amountOf) => own.evaluate((short) => (parts.get(short) as Formula).evaluate(amountOf)),
  };
}

function amountOf(id: string, figures: Map<string, Figure>, field: 'value' | 'lowerBound' | 'upperBound'): Decimal {
  const text = figures.get(id)?.[field] ?? null;
  if (text === null) throw new RangeError(`${shortId(id)} has no value to compute with; expected the formula "${NOT_COMPUTABLE}".`);
  return new ExactDecimal(text);
}

/** Every choice of an end of each input's bounds. An input without bounds is exact; one with a single bound is open beyond it. */
function cornersOf(inputs: string[], figures: Map<string, Figure>): Map<string, Decimal>[] {
  return inputs.reduce<Map<string, Decimal>[]>((corners, id) => corners.flatMap((corner) => endsOf(id, figures).map((end) => new Map([...corner, [id, end]]))), [new Map()]);
}

function endsOf(id: string, figures: Map<string, Figure>): Decimal[] {
  const { lowerBound, upperBound } = figures.get(id) as Figure;
  if (lowerBound === null && upperBound === null) return [amountOf(id, figures, 'value')];
  return [lowerBound === null ? new ExactDecimal(-Infinity) : new ExactDecimal(lowerBound), upperBound === null ? new ExactDecimal(Infinity) : new ExactDecimal(upperBound)];
}
