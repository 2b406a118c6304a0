import { type DecimalText, decimalText, type NumberWords, type RoundingMode } from './decimals.js';
import type { FigureFragment, Qualifier } from './generated/graphql.js';

/** How figures are written in a language. */
export interface FigureWords extends NumberWords {
  /** A number with its unit; `unit` is as in the graph, e.g. `USD` or `percent`, and null if it has none. */
  amount: (number: string, unit: string | null) => string;
  /** An amount with its qualifier; `amount` is null if there is none. */
  qualified: (qualifier: Qualifier, amount: string | null) => string;
}

const QUALIFIER_TEXT = {
  EXACT: '',
  OVER: 'over ',
  UNDER: 'under ',
  APPROXIMATELY: 'about ',
  VIRTUALLY_NIL: 'virtually nil, no number given',
  UNQUANTIFIED: 'no number given',
  DECLINING: 'falling, no number given',
  MINUSCULE_RANGE: 'very few sorts of goods, no number given',
  ABOVE_MARKET_PRICE: 'above the market price, no number given',
  BELOW_MARKET_PRICE: 'below the market price, no number given',
  NOT_COMPUTABLE: 'cannot be computed',
} satisfies Record<Qualifier, string>;

const UNITS: Record<string, string> = { percent: '%', ratio: ' times' };

const ENGLISH: Omit<FigureWords, keyof NumberWords> = {
  amount: (number, unit) => `${number}${unit === null ? '' : (UNITS[unit] ?? ` ${unit}`)}`,
  qualified: (qualifier, amount) => `${QUALIFIER_TEXT[qualifier]}${amount ?? ''}`,
};

export type FigureParts = Pick<FigureFragment, 'value' | 'unit' | 'qualifier'> &
  Partial<Pick<FigureFragment, 'lowerBound' | 'upperBound'>>;

/**
 * A figure as text. Without a value it states the reason, so that a gap is never read as zero. "Over" and "under" are followed by the
 * bound, if there is one: the value of a derived figure may lie beyond what is certain. It is English unless other words are given.
 */
export function figureText(
  { value: stated, unit, qualifier, lowerBound, upperBound }: FigureParts,
  { places, words }: { places?: number; words?: FigureWords } = {},
): DecimalText {
  const bound = qualifier === 'OVER' ? lowerBound : qualifier === 'UNDER' ? upperBound : null;
  const value = bound ?? stated;
  const { amount, qualified } = words ?? ENGLISH;
  if (value === null) return { text: qualified(qualifier, null), note: null };
  // "Over 19.07" and "under 19.07" must stay true when rounded.
  const rounding: RoundingMode = qualifier === 'OVER' ? 'DOWN' : qualifier === 'UNDER' ? 'UP' : 'HALF_EVEN';
  const { text, note } = decimalText(value, {
    rounding,
    ...(places !== undefined && { places }),
    ...(words && { words }),
  });
  return { text: qualified(qualifier, amount(text, unit)), note };
}
