import { type DecimalText, decimalText, type RoundingMode } from './decimals.js';
import type { FigureFragment, Qualifier } from './generated/graphql.js';

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

export type FigureParts = Pick<FigureFragment, 'value' | 'unit' | 'qualifier'> &
  Partial<Pick<FigureFragment, 'lowerBound' | 'upperBound'>>;

/**
 * A figure as text. Without a value it states the reason, so that a gap is never read as zero. "Over" and "under" are followed by the
 * bound, if there is one: the value of a derived figure may lie beyond what is certain.
 */
export function figureText(
  { value: stated, unit, qualifier, lowerBound, upperBound }: FigureParts,
  { places }: { places?: number } = {},
): DecimalText {
  const bound = qualifier === 'OVER' ? lowerBound : qualifier === 'UNDER' ? upperBound : null;
  const value = bound ?? stated;
  if (value === null) return { text: QUALIFIER_TEXT[qualifier], note: null };
  // "Over 19.07" and "under 19.07" must stay true when rounded.
  const rounding: RoundingMode = qualifier === 'OVER' ? 'DOWN' : qualifier === 'UNDER' ? 'UP' : 'HALF_EVEN';
  const { text, note } = decimalText(value, { rounding, ...(places !== undefined && { places }) });
  return { text: `${QUALIFIER_TEXT[qualifier]}${text}${unit === null ? '' : (UNITS[unit] ?? ` ${unit}`)}`, note };
}
