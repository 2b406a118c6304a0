import { type ExactDecimal, parseDecimal } from '@dossier/domain/facts';

export type Decimal = InstanceType<typeof ExactDecimal>;
type Evaluate = (amountOf: (id: string) => Decimal) => Decimal;

/** The exponent of each currency in an amount: that of a price per unit of another currency is `{ USD: 1, EUR: -1 }`. Numbers have none. */
export type Dimension = Readonly<Record<string, number>>;

/** A formula over figures: `F01 / (1 + F02 / 100)`. A figure of another document has its full id: `ruritania-1/F01`. */
export interface Formula {
  /** The ids in the formula, in order, without duplicates. */
  inputs: string[];
  evaluate: Evaluate;
  /**
   * The dimension of the result; null if that of an input is unknown. Throws a RangeError if a sum has terms of different dimensions.
   */
  dimension: (dimensionOf: (id: string) => Dimension | null) => Dimension | null;
  /** The divisors. If one may be zero, the result is unbounded. */
  divisors: Evaluate[];
  /** Number of tokens, about the number of operations to evaluate it. */
  size: number;
}

/** Maximum length of a formula in UTF-16 units. It bounds the nesting, so that neither parsing nor evaluating overflows the stack. */
const MAX_LENGTH = 1000;

// The name of a document has a letter, so that 2/F01 is a quotient.
const TOKEN = /\s*(?:((?:(?=[\d-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*\/)?[FD]\d+)|(\d+(?:\.\d+)?)|([-+*/()]))/y;

/** A part of a formula. */
interface Term {
  evaluate: Evaluate;
  dimension: Formula['dimension'];
}

/** Parses a formula of numbers, ids of figures, + - * / and parentheses. Throws a RangeError that says what is wrong. */
export function parseFormula(text: string): Formula {
  if (text.length > MAX_LENGTH)
    throw new RangeError(`a formula of ${text.length} characters; expected at most ${MAX_LENGTH}.`);
  const tokens = tokensOf(text);
  const inputs = new Set<string>();
  const divisors: Evaluate[] = [];
  let position = 0;
  const next = () => tokens[position];
  const take = () => tokens[position++];

  function sum(): Term {
    let left = product();
    for (let operator = next(); operator === '+' || operator === '-'; operator = next()) {
      take();
      const [first, second, plus] = [left, product(), operator === '+'];
      left = {
        evaluate: (amountOf) =>
          plus
            ? first.evaluate(amountOf).plus(second.evaluate(amountOf))
            : first.evaluate(amountOf).minus(second.evaluate(amountOf)),
        dimension: (dimensionOf) => {
          const [one, other] = [first.dimension(dimensionOf), second.dimension(dimensionOf)];
          if (one && other && formatDimension(one) !== formatDimension(other))
            throw new RangeError(
              `"${text}" ${plus ? 'adds' : 'subtracts'} ${formatDimension(other)} ${plus ? 'to' : 'from'} ${formatDimension(one)}; expected terms of one unit.`,
            );
          return one && other;
        },
      };
    }
    return left;
  }
  function product(): Term {
    let left = atom();
    for (let operator = next(); operator === '*' || operator === '/'; operator = next()) {
      take();
      const [first, second, times] = [left, atom(), operator === '*'];
      if (!times) divisors.push(second.evaluate);
      left = {
        evaluate: (amountOf) =>
          times
            ? first.evaluate(amountOf).times(second.evaluate(amountOf))
            : first.evaluate(amountOf).div(second.evaluate(amountOf)),
        dimension: (dimensionOf) => {
          const [one, other] = [first.dimension(dimensionOf), second.dimension(dimensionOf)];
          return one && other && combine(one, other, times ? 1 : -1);
        },
      };
    }
    return left;
  }
  function atom(): Term {
    const token = take();
    if (token === '-') {
      const negated = atom();
      return { evaluate: (amountOf) => negated.evaluate(amountOf).neg(), dimension: negated.dimension };
    }
    if (token === '(') {
      const inside = sum();
      if (take() !== ')') throw new RangeError(`"${text}" is missing a closing parenthesis; expected one.`);
      return inside;
    }
    if (token === undefined || /^[-+*/)]$/.test(token))
      throw new RangeError(
        `"${text}" is not a formula; expected numbers and ids of figures joined by + - * / and parentheses.`,
      );
    if (/^\d+(\.\d+)?$/.test(token)) {
      const number = parseDecimal(token);
      return { evaluate: () => number, dimension: () => ({}) };
    }
    inputs.add(token);
    return { evaluate: (amountOf) => amountOf(token), dimension: (dimensionOf) => dimensionOf(token) };
  }

  const { evaluate, dimension } = sum();
  if (position < tokens.length)
    throw new RangeError(`"${text}" has unexpected input at "${next()}"; expected one formula.`);
  return { inputs: [...inputs], evaluate, dimension, divisors, size: tokens.length };
}

function combine(one: Dimension, other: Dimension, sign: 1 | -1): Dimension {
  const combined: Record<string, number> = { ...one };
  for (const [unit, exponent] of Object.entries(other)) combined[unit] = (combined[unit] ?? 0) + sign * exponent;
  return Object.fromEntries(Object.entries(combined).filter(([, exponent]) => exponent !== 0));
}

/** A dimension for messages and comparison: `USD`, `USD/EUR`, or `a number`. */
export function formatDimension(dimension: Dimension): string {
  const units = Object.entries(dimension).sort(([one], [other]) => (one < other ? -1 : 1));
  const part = (sign: 1 | -1) =>
    units
      .filter(([, exponent]) => exponent * sign > 0)
      .map(([unit, exponent]) => (Math.abs(exponent) === 1 ? unit : `${unit}^${Math.abs(exponent)}`))
      .join('·');
  const [above, below] = [part(1), part(-1)];
  if (above === '' && below === '') return 'a number';
  return below === '' ? above : `${above || '1'}/${below}`;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match)
      throw new RangeError(
        `"${text.slice(from).trim()}" is not valid in the formula "${text}"; expected numbers, ids such as F01 or ruritania-1/F01, + - * / and parentheses.`,
      );
    tokens.push((match[1] ?? match[2] ?? match[3]) as string);
  }
  return tokens;
}
