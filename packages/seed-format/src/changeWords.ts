import type { Decimal } from './formula.js';
import { numbersIn } from './numerals.js';

/** Whether an amount grew or shrank. */
export type Direction = 'UP' | 'DOWN';

const WORD_START = '(?<![\\p{L}\\p{M}])';
const WORD_END = '(?![\\p{L}\\p{M}])';

const UP = [
  'rises?|rose|risen|rising|increas(?:es?|ed|ing)|grows?|grew|grown|growing|growth|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:es?|ed|ing)|soar(?:s|ed|ing)?|gain(?:s|ed)?|doubled|tripled|expan(?:ds?|ded|sion)|up(?!\\s+to)',
  'вырос\\p{L}*|вырас\\p{L}*|рост\\p{L}*|увелич\\p{L}*|возрос\\p{L}*|возраст(?:ает|ают|ут|ание)|прирост\\p{L}*|зріс|зрос\\p{L}*|збільш\\p{L}*|приріст',
  'stieg(?:en)?|gestiegen|anstieg|zunahme|zuwachs|zugenommen|wuchs(?:en)?|gewachsen',
  'augment\\p{L}*|hausse|croissance|accroissement|aument\\p{L}*|subió|subieron|creci\\p{L}*|incremento',
] as const;
const DOWN = [
  'falls?|fell|fallen|falling|decreas(?:es?|ed|ing)|declin(?:es?|ed|ing)|drop(?:s|ped|ping)?|shrinks?|shrank|shrunk|shrinking|plung(?:es?|ed|ing)|slump(?:s|ed|ing)?|plummet(?:s|ed|ing)?|tumbl(?:es?|ed|ing)|reduc(?:es?|ed|ing|tions?)|cuts?|halved|down(?!\\s+to)',
  'упал\\p{L}*|паден\\p{L}*|сниз\\p{L}*|сниж\\p{L}*|сократ\\p{L}*|сокращ\\p{L}*|уменьш\\p{L}*|спад|впав|впал\\p{L}*|падін\\p{L}*|зниз\\p{L}*|зниж\\p{L}*|скорот\\p{L}*|скороч\\p{L}*|зменш\\p{L}*',
  'sank(?:en)?|gesunken|fiel(?:en)?|gefallen|rückgang|zurückgegangen|abnahme|abgenommen',
  'baiss\\p{L}*|diminu\\p{L}*|chut\\p{L}*|recul\\p{L}*|cayó|cayeron|caída|bajó|bajaron|disminu\\p{L}*',
] as const;
/** Scripts without spaces, or in which words begin with particles. */
const UP_ANYWHERE = '증가|늘어|늘었|상승|增长|增加|上升|上昇|増加|増え|ارتفع|ارتفاع|ازداد|زيادة';
const DOWN_ANYWHERE = '감소|줄어|줄었|하락|下降|减少|下滑|減少|低下|下落|انخفض|انخفاض|تراجع';
// "10% less than in 2019", but not "rose by less than 10%".
const PER_CENT = '(?<=(?:%|per\\s?cent|percent|points?|процент\\p{L}*|відсотк\\p{L}*|prozent)\\s+)';
const MORE = 'more|higher|larger|greater|больше|выше|більше|вище|mehr|höher';
const LESS = 'less|fewer|lower|smaller|меньше|ниже|менше|нижче|weniger|niedriger';

const patternOf = (words: readonly string[], anywhere: string, compared: string): RegExp =>
  new RegExp(`${WORD_START}(?:${words.join('|')})${WORD_END}|${anywhere}|${PER_CENT}(?:${compared})${WORD_END}`, 'iu');
const UP_WORDS = patternOf(UP, UP_ANYWHERE, MORE);
const DOWN_WORDS = patternOf(DOWN, DOWN_ANYWHERE, LESS);

/** Where one clause ends and another may say something else: not within a number. */
const CLAUSE = /[;:.]\s|,\s|\s(?=(?:while|whereas|but|and|after|following|against|но|а|и|тогда|после)\s)/iu;

/**
 * Whether words say that an amount grew or that it shrank: those of the clause with the number, or else all of them. Null if they say neither,
 * or both.
 */
export function directionOf(words: string, amount: Decimal): Direction | null {
  const clauses = words.split(CLAUSE);
  const own = clauses.filter((clause) =>
    numbersIn(clause).some(({ values }) => values.some((value) => value.eq(amount.abs()))),
  );
  const inClause = directionsIn(own.join('\n'));
  const found = inClause.length > 0 ? inClause : directionsIn(words);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The directions that words name, of a trend without a number. */
export const directionsIn = (words: string): Direction[] => [
  ...(UP_WORDS.test(words) ? (['UP'] as const) : []),
  ...(DOWN_WORDS.test(words) ? (['DOWN'] as const) : []),
];
