import { type ExactDecimal, parseDecimal } from '@dossier/domain';

export type Decimal = InstanceType<typeof ExactDecimal>;
type Evaluate = (amountOf: (id: string) => Decimal) => Decimal;

/** A formula over figures: `F01 / (1 + F02 / 100)`. */
export interface Formula {
  /** The ids in the formula, in order, without duplicates. */
  inputs: string[];
  evaluate: Evaluate;
  /** The divisors. If one may be zero, the result is unbounded. */
  divisors: Evaluate[];
  /** Number of tokens, about the number of operations to evaluate it. */
  size: number;
}

/** Maximum length of a formula in UTF-16 units. It bounds the nesting, so that neither parsing nor evaluating overflows the stack. */
const MAX_LENGTH = 1000;

const TOKEN = /\s*(?:([FD]\d+)|(\d+(?:\.\d+)?)|([-+*/()]))/y;

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

  function sum(): Evaluate {
    let left = product();
    for (let operator = next(); operator === '+' || operator === '-'; operator = next()) {
      take();
      const [first, second, plus] = [left, product(), operator === '+'];
      left = (amountOf) => (plus ? first(amountOf).plus(second(amountOf)) : first(amountOf).minus(second(amountOf)));
    }
    return left;
  }
  function product(): Evaluate {
    let left = atom();
    for (let operator = next(); operator === '*' || operator === '/'; operator = next()) {
      take();
      const [first, second, times] = [left, atom(), operator === '*'];
      if (!times) divisors.push(second);
      left = (amountOf) => (times ? first(amountOf).times(second(amountOf)) : first(amountOf).div(second(amountOf)));
    }
    return left;
  }
  function atom(): Evaluate {
    const token = take();
    if (token === '-') {
      const negated = atom();
      return (amountOf) => negated(amountOf).neg();
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
    if (/^\d/.test(token)) {
      const number = parseDecimal(token);
      return () => number;
    }
    inputs.add(token);
    return (amountOf) => amountOf(token);
  }

  const evaluate = sum();
  if (position < tokens.length)
    throw new RangeError(`"${text}" has unexpected input at "${next()}"; expected one formula.`);
  return { inputs: [...inputs], evaluate, divisors, size: tokens.length };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match)
      throw new RangeError(
        `"${text.slice(from).trim()}" is not valid in the formula "${text}"; expected numbers, ids such as F01, + - * / and parentheses.`,
      );
    tokens.push((match[1] ?? match[2] ?? match[3]) as string);
  }
  return tokens;
}
