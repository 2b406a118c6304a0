import type { Decimal } from '../formula.js';
import { composed, coverOf, type Paragraph, type Span } from './paragraphs.js';

/** A number of a text as an exact decimal, with the unit and qualifier that stand next to it. */
export interface StatedNumber extends Span {
  value: string;
  /** ISO 4217, `percent`, or a measure such as `t`; null if none follows. */
  unit: string | null;
  qualifier: 'EXACT' | 'OVER' | 'UNDER' | 'APPROXIMATELY';
}

const alternatives = (words: Iterable<string>): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.$]/g, '\\$&').replaceAll(' ', '\\s+'))
    .join('|');

const split = (words: string): string[] => words.split(', ');

const QUALIFIERS: readonly [Exclude<StatedNumber['qualifier'], 'EXACT'>, string[]][] = [
  [
    'OVER',
    split(
      'mehr als, mindestens, über, plus de, au moins, más de, al menos, more than, over, above, exceeding, in excess of, upwards of, exceeded, exceeds, surpassed, at least, no fewer than, no less than, not less than, больше, более, более чем, свыше, не менее, как минимум, превысил, превысила, превысило, превысит, превышает, 超过, 逾, 至少, أكثر من',
    ),
  ],
  [
    'UNDER',
    split(
      'weniger als, höchstens, moins de, menos de, less than, fewer than, under, below, up to, at most, no more than, not more than, менее, меньше, до, не более',
    ),
  ],
  [
    'APPROXIMATELY',
    split(
      'about, around, approximately, roughly, some, nearly, almost, close to, circa, an estimated, in the region of, approx., ca., rund, etwa, ungefähr, environ, aproximadamente, около, примерно, почти, порядка, приблизительно, 约为, 约, 大约, 約, 약, نحو, حوالي',
    ),
  ],
];
const QUALIFIER_OF = new Map(QUALIFIERS.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)));

/** Powers of ten. */
const SCALES: ReadonlyMap<string, number> = new Map([
  ...split('hundred, сотен, сотни').map((word) => [word, 2] as const),
  ...split('thousand, thousands, thsd, k, тыс., тыс, тысяч, тысячи, тысяча, 천, 千, ألف, آلاف').map(
    (word) => [word, 3] as const,
  ),
  ...split('만, 万, 萬').map((word) => [word, 4] as const),
  ...split(
    'mio., mio, millionen, million, millions, mn, mln, млн, млн., миллион, миллиона, миллионов, مليون, ملايين',
  ).map((word) => [word, 6] as const),
  ...split('억, 亿, 億').map((word) => [word, 8] as const),
  ...split(
    'mrd., mrd, milliarden, billion, billions, bn, milliard, milliards, млрд, млрд., миллиард, миллиарда, миллиардов, مليار, مليارات',
  ).map((word) => [word, 9] as const),
  ...split('trillion, trillions, tn, трлн, трлн., триллион, триллиона, триллионов, 조, 兆').map(
    (word) => [word, 12] as const,
  ),
]);

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    percent: '%, percent, per cent, percentage points, процент, процента, процентов, 퍼센트, 百分点, في المئة, بالمئة',
    USD: 'USD, US dollars, U.S. dollars, dollars, dollar, долл., долл, долларов, доллара, долларов США, 달러, 美元, ドル, دولار, دولارا',
    EUR: 'EUR, euros, euro, евро, 유로, 欧元, ユーロ, يورو',
    GBP: 'GBP, pounds sterling, фунтов стерлингов',
    RUB: 'RUB, rubles, roubles, ruble, rouble, руб., руб, рублей, рубля, 루블, 卢布',
    CNY: 'CNY, RMB, yuan, юаней, юаня, 위안, 元, 人民币',
    KRW: 'KRW, 원',
    JPY: 'JPY, yen, иен, иены, 엔, 円, 日元',
    UAH: 'UAH, hryvnias, гривен, гривны',
    t: 'tonnes, tons, metric tons, tonne, ton, тонн, тонны, 톤, 吨, トン',
    kg: 'kg, kilograms, kilogrammes, кг, килограммов',
    km: 'km, kilometers, kilometres, км, километров, 킬로미터, 公里',
    bbl: 'barrels, barrel, bbl, баррелей, 배럴',
  }).flatMap(([unit, words]) => split(words).map((word) => [word, unit] as const)),
);
const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ['US$', 'USD'],
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₽', 'RUB'],
  ['₩', 'KRW'],
  ['₴', 'UAH'],
  ...['USD', 'EUR', 'GBP', 'RUB', 'CNY', 'KRW', 'JPY'].map((code) => [code, code] as const),
]);

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  [
    ...split('two, three, four, five, six, seven, eight, nine, ten, eleven, twelve').map(
      (word, index) => [word, index + 2] as const,
    ),
    ...split('twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety').map(
      (word, index) => [word, (index + 2) * 10] as const,
    ),
    ['a dozen', 12] as const,
    ['a hundred', 100] as const,
    ...split('два, три, четыре, пять, шесть, семь, восемь, девять, десять').map(
      (word, index) => [word, index + 2] as const,
    ),
    ['две', 2] as const,
  ].map(([word, value]) => [word, String(value)]),
);

/** Letters of scripts in which words are separated by spaces. In others, a number may follow a word directly. */
const ALPHABETIC = '\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Arabic}\\p{Script=Hebrew}';
const DIGITS =
  "(?:\\p{Nd}{1,3}(?:[ \\u00a0\\u202f.,'’٬]\\p{Nd}{3})+(?!\\p{Nd})(?:[.,٫]\\p{Nd}+)?|\\p{Nd}+(?:[.,٫]\\p{Nd}+)?)";
const NUMBER = new RegExp(
  `(?<![${ALPHABETIC}\\p{M}\\p{N}]|\\p{N}[.,٫])(?:(?<qualifier>${alternatives(QUALIFIER_OF.keys())})[\\s\\u00a0]*)?` +
    `(?<sign>${alternatives(CURRENCY_SIGNS.keys())})?\\s?` +
    `(?:(?<digits>${DIGITS})|(?<word>${alternatives(NUMBER_WORDS.keys())})(?!\\p{L}))` +
    `(?:[\\s\\u00a0-]?(?<scale>${alternatives(SCALES.keys())})(?![${ALPHABETIC}]))?` +
    `(?:[\\s\\u00a0-]?(?<unit>${alternatives(UNITS.keys())})(?![${ALPHABETIC}]))?`,
  'giu',
);
const CYRILLIC_LETTERS = /\p{Script=Cyrillic}/gu;
const LATIN_LETTERS = /\p{Script=Latin}/gu;

/** The numbers of a paragraph, except those in dates, footnote marks, names and times. */
export function numbersIn({ content: asWritten }: Pick<Paragraph, 'content'>, dates: readonly Span[]): StatedNumber[] {
  const { content, original } = composed(asWritten);
  const isDate = coverOf(dates);
  const hasDecimalComma = (content.match(CYRILLIC_LETTERS)?.length ?? 0) > (content.match(LATIN_LETTERS)?.length ?? 0);
  return [...content.matchAll(NUMBER)].flatMap((match) => {
    const groups = match.groups as Partial<Record<string, string>>;
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const end = match.index + match[0].length;
    if (isDate(original({ start, end })) || !standsAlone(content, match, groups)) return [];
    const number = groups['word']
      ? NUMBER_WORDS.get(fold(groups['word']))
      : parseDigits(groups['digits'] ?? '', hasDecimalComma);
    if (number === undefined) return [];
    const scale = groups['scale'] === undefined ? 0 : (SCALES.get(fold(groups['scale'])) ?? 0);
    const unit = groups['unit']
      ? byFolded(UNITS, groups['unit'])
      : groups['sign']
        ? byFolded(CURRENCY_SIGNS, groups['sign'])
        : null;
    const qualifier = groups['qualifier'] ? (QUALIFIER_OF.get(fold(groups['qualifier'])) ?? 'EXACT') : 'EXACT';
    return original<StatedNumber>({ start, end, value: shifted(number, scale), unit: unit ?? null, qualifier });
  });
}

/** How words qualify a number. NEARLY says that it is approximate, and that the true number is lower. */
export type WordedQualifier = Exclude<StatedNumber['qualifier'], 'EXACT'> | 'NEARLY';

const NEARLY = /^(?:nearly|almost|close\s+to|just\s+short\s+of|почти)/iu;
const AMBIGUOUS = /^до\s/iu;
/** What follows a number and qualifies it, after a unit that is not known. */
const AFTER: readonly [WordedQualifier, RegExp][] = [
  ['OVER', /^(?:\s+\p{L}+){0,2}?\s*(?:or|and)\s+(?:more|above|over)(?!\p{L})/iu],
  ['UNDER', /^(?:\s+\p{L}+){0,2}?\s*(?:or|and)\s+(?:less|fewer|below|under)(?!\p{L})/iu],
  ['APPROXIMATELY', /^(?:\s+\p{L}+){0,2}?\s*or\s+so(?!\p{L})/iu],
];

/** The qualifiers of a number wherever it occurs in words; null where it has none. */
export function qualifiersOf(words: string, value: Decimal): (WordedQualifier | null)[] {
  return numbersIn({ content: words }, []).flatMap(({ start, end, value: found, qualifier }) => {
    if (!value.eq(found)) return [];
    // "Grew to" as well as "at most".
    if (AMBIGUOUS.test(words.slice(start, end))) return [null];
    if (qualifier !== 'EXACT') return NEARLY.test(words.slice(start, end)) ? 'NEARLY' : qualifier;
    return AFTER.find(([, pattern]) => pattern.test(words.slice(end)))?.[0] ?? null;
  });
}

const fold = (words: string): string => words.toLowerCase().replace(/\s+/gu, ' ');
const byFolded = (map: ReadonlyMap<string, string>, words: string): string | null =>
  map.get(words.replace(/\s+/gu, ' ')) ?? [...map].find(([word]) => word.toLowerCase() === fold(words))?.[1] ?? null;

/** Not part of a name ("COVID-19"), a footnote mark ("[1]"), a time ("10:30") or a paragraph number ("501(c)"). */
function standsAlone(content: string, match: RegExpMatchArray, groups: Partial<Record<string, string>>): boolean {
  const digits = groups['digits'];
  // "the two countries" counts nothing.
  if (digits === undefined)
    return !/\b(?:the|these|those|its|their|our|his|her)\s+$/iu.test(content.slice(0, match.index));
  const begin = (match.index ?? 0) + match[0].indexOf(digits);
  const after = content.slice(begin + digits.length);
  if (/(?:\p{L}[-‐‑/]|[:/)])$/u.test(content.slice(0, begin))) return false;
  if (/^(?::\p{Nd}|\(\p{L}|\/\p{Nd})/u.test(after)) return false;
  if (/^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(after) && !groups['scale'] && !groups['unit']) return false;
  return !(content[begin - 1] === '[' && after.startsWith(']'));
}

/** An exact decimal: "42.74", "1,250,000", "29,5" where the comma is decimal, and digits of other scripts. */
function parseDigits(digits: string, hasDecimalComma: boolean): string {
  const ascii = [...digits].map((digit) => (/\p{Nd}/u.test(digit) ? String(digitValue(digit)) : digit)).join('');
  const plain = ascii.replace(/٫/gu, '.').replace(/[^\d.,]/gu, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  if (last < 0) return trimZeros(plain);
  const mark = plain[last] as string;
  const isRepeated = plain.indexOf(mark) !== last;
  const other = mark === '.' ? ',' : '.';
  const isThousands =
    isRepeated ||
    (!plain.includes(other) &&
      plain.length - last === 4 &&
      last <= 3 &&
      plain[0] !== '0' &&
      mark === (hasDecimalComma ? '.' : ','));
  if (isThousands) return trimZeros(plain.replace(/[.,]/gu, ''));
  return trimZeros(`${plain.slice(0, last).replace(/[.,]/gu, '')}.${plain.slice(last + 1)}`);
}

/** Digits of a script follow each other, ten at a time. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

const trimZeros = (decimal: string): string => {
  const [whole = '', fraction = ''] = decimal.split('.');
  const trimmed = fraction.replace(/0+$/u, '');
  return `${whole.replace(/^0+(?=\d)/u, '') || '0'}${trimmed && `.${trimmed}`}`;
};

/** The decimal times a power of ten. */
function shifted(decimal: string, power: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const padded = fraction.padEnd(power, '0');
  return trimZeros(`${whole}${padded.slice(0, power)}.${padded.slice(power)}`);
}
