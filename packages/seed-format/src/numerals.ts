import { ExactDecimal, isCurrency } from '@dossier/domain/facts';
import type { Decimal } from './formula.js';

/** How a text writes decimals: `1.5`, `1,5`, or unknown. It decides how `12,500` is read. */
type DecimalMark = 'POINT' | 'COMMA' | 'EITHER';

/** A number that stands in a text. */
export interface StatedNumber {
  /** Every value that the words can denote; more than one where separators or scale words are ambiguous. */
  values: Decimal[];
  isPercent: boolean;
}

/** Maximum length of a text that is searched for numbers, in UTF-16 units. */
const MAX_LENGTH = 20_000;

// [pattern after a number, powers of ten that it can mean]. A milliard is 9 everywhere; "billion" is 12 in the long scale.
const SCALES: readonly (readonly [pattern: string, powers: readonly number[]])[] = [
  ['тысяч\\p{L}*|тыс\\.?|thousands?|tausend|mille|mil(?!\\p{L})|ألف|آلاف', [3]],
  [
    'миллион\\p{L}*|млн\\.?|millions?|mln\\.?|mio\\.?|millionen|millones|millón|milh(?:ões|ão)|milion[ei]|مليون|ملايين',
    [6],
  ],
  ['миллиард\\p{L}*|млрд\\.?|milliards?|milliarden?|mrd\\.?|mld\\.?|miliardi?|bn|مليار', [9]],
  ['billions?|billionen|billones|billón|bilh(?:ões|ão)', [9, 12]],
  ['триллион\\p{L}*|трлн\\.?|trillions?|tn', [12, 18]],
  ['m(?!\\p{L})', [0, 6]],
  ['k(?!\\p{L})', [0, 3]],
];
const SCALE = new RegExp(`^[\\s-]*(?:${SCALES.map(([pattern]) => `(${pattern})`).join('|')})(?!\\p{L})`, 'iu');
const SCALE_WORD = new RegExp(
  `(?<![\\p{L}\\d])(?:${SCALES.slice(0, 5)
    .map(([pattern]) => `(${pattern})`)
    .join('|')})(?!\\p{L})`,
  'giu',
);
const EAST_ASIAN = /^\s*(천만|백만|십만|천|백|조|억|만|兆|億|亿|万|萬|千)/u;
const EAST_ASIAN_POWERS: Readonly<Record<string, number>> = {
  천만: 7,
  백만: 6,
  십만: 5,
  천: 3,
  백: 2,
  조: 12,
  억: 8,
  만: 4,
  兆: 12,
  億: 8,
  亿: 8,
  万: 4,
  萬: 4,
  千: 3,
};
const PERCENT =
  /^\s*(?:%|٪|％|per\s?cent|percent|pct|процент|проц\.|prozent|pour\s?cent|por\s?ciento|퍼센트|프로|パーセント|بالمئة|في المئة)/iu;
const NUMBER = /\d+(?:[ \u00a0\u2009\u202f.,'’٬٫]\d+)*/gu;
const RANGE = /^\s*(?:-|–|—|to|and|bis|und|до|и|à|et|a|y)\s*$/iu;

/** The numbers in a text, of any script with decimal digits. Number words are not recognised. */
export function numbersIn(text: string): StatedNumber[] {
  const plain = withAsciiDigits(text.slice(0, MAX_LENGTH));
  const mark = decimalMarkOf(plain);
  const found: { start: number; end: number; bare: Decimal[]; powers: readonly number[]; isPercent: boolean }[] = [];
  for (const match of plain.matchAll(NUMBER)) {
    for (const { digits, offset } of splitNumber(match[0])) {
      const start = match.index + offset;
      const rest = plain.slice(start + digits.length);
      const scale = offset + digits.length === match[0].length ? scaleOf(rest) : { powers: [0], length: 0 };
      const after = rest.slice(scale.length);
      found.push({
        start,
        end: start + digits.length + scale.length,
        bare: valuesOf(digits, mark),
        powers: scale.powers,
        isPercent: PERCENT.test(after),
      });
    }
  }
  const numbers = found.map(({ end, bare, powers, isPercent }, index): StatedNumber => {
    // In "10 to 12 million" the scale and the sign of per cent belong to both.
    const next = found[index + 1];
    const isRange = next !== undefined && RANGE.test(plain.slice(end, next.start));
    const all = isRange && powers.every((power) => power === 0) ? [...powers, ...next.powers] : powers;
    return { values: scaled(bare, all), isPercent: isPercent || (isRange && next.isPercent) };
  });
  // 3억 5천만: each part is a number, and so is the sum of adjacent ones.
  for (let index = 0; index < found.length - 1; index += 1) {
    const sums = sumOfParts(found, index, plain);
    if (sums) numbers.push({ values: [sums], isPercent: false });
  }
  return numbers;
}

/** Scales that a text names without a number, e.g. in the head of a table: "in million USD". */
export function scalesIn(text: string): number[] {
  const plain = withAsciiDigits(text.slice(0, MAX_LENGTH));
  return [...plain.matchAll(SCALE_WORD)].flatMap((match) =>
    /\d[\s-]*$/.test(plain.slice(0, match.index)) ? [] : powersOf(match),
  );
}

function sumOfParts(
  found: readonly { start: number; end: number; bare: Decimal[]; powers: readonly number[] }[],
  from: number,
  plain: string,
): Decimal | null {
  let sum: Decimal | null = null;
  for (let index = from; index < found.length; index += 1) {
    const part = found[index];
    const before = found[index - 1];
    if (
      !part ||
      (index > from &&
        before &&
        !isPartOfSum(plain.slice(before.start, before.end), plain.slice(before.end, part.start)))
    )
      break;
    const value = scaled(part.bare, part.powers)[0];
    if (value) sum = sum ? sum.plus(value) : value;
    if (index === from && !EAST_ASIAN_UNIT.test(plain.slice(part.start, part.end))) return null;
  }
  return sum;
}
const EAST_ASIAN_UNIT = /[천백십조억만兆億亿万萬千]$/u;
const isPartOfSum = (number: string, between: string): boolean => EAST_ASIAN_UNIT.test(number) && between.trim() === '';

const scaled = (values: readonly Decimal[], powers: readonly number[]): Decimal[] =>
  values.flatMap((value) => powers.map((power) => value.times(new ExactDecimal(10).pow(power))));

function scaleOf(rest: string): { powers: readonly number[]; length: number } {
  const eastAsian = EAST_ASIAN.exec(rest);
  if (eastAsian) return { powers: [EAST_ASIAN_POWERS[eastAsian[1] as string] as number], length: eastAsian[0].length };
  const match = SCALE.exec(rest);
  return match ? { powers: powersOf(match), length: match[0].length } : { powers: [0], length: 0 };
}

/** The powers of the scale word that a group of the pattern matched. */
const powersOf = (match: RegExpMatchArray): number[] => [
  ...(SCALES[match.slice(1).findIndex((group) => group !== undefined)]?.[1] ?? [0]),
];

/** Splits digits at separators that cannot belong to one number: `2020, 2021` and `1 901` next to `12`. */
function* splitNumber(text: string): Generator<{ digits: string; offset: number }> {
  // Groups of three after a space are thousands; other groups after a space are other numbers.
  let start = 0;
  for (const { index, 0: space } of text.matchAll(/[ \u00a0\u2009\u202f]/gu)) {
    const group = /^\d+/.exec(text.slice(index + space.length))?.[0] ?? '';
    const before = /\d+$/.exec(text.slice(start, index))?.[0] ?? '';
    if (group.length === 3 && before.length <= 3) continue;
    yield { digits: text.slice(start, index), offset: start };
    start = index + space.length;
  }
  yield { digits: text.slice(start), offset: start };
}

function valuesOf(digits: string, mark: DecimalMark): Decimal[] {
  const text = digits.replaceAll(/[ \u00a0\u2009\u202f'’٬]/gu, '').replaceAll('٫', mark === 'COMMA' ? ',' : '.');
  const marks = [...text.matchAll(/[.,]/g)].map(([found]) => found);
  if (marks.length === 0) return [new ExactDecimal(text)];
  const last = marks.at(-1) as string;
  const kinds = new Set(marks);
  // Two different marks: the last one is the decimal mark. The same one several times: thousands.
  if (kinds.size === 2) return [withDecimalMark(text, last)];
  if (marks.length > 1) return [withDecimalMark(text, null)];
  const isGroup = /^\d{1,3}[.,]\d{3}$/.test(text) && !text.startsWith('0');
  if (!isGroup) return [withDecimalMark(text, last)];
  const decimal = mark === 'POINT' ? '.' : mark === 'COMMA' ? ',' : null;
  if (decimal === null) return [withDecimalMark(text, last), withDecimalMark(text, null)];
  return [withDecimalMark(text, last === decimal ? last : null)];
}

/** The value of digits whose decimal mark is known; null means that all marks separate thousands. */
function withDecimalMark(text: string, mark: string | null): Decimal {
  const end = mark === null ? -1 : text.lastIndexOf(mark);
  const [whole, fraction] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
  return new ExactDecimal(`${whole.replaceAll(/[.,]/g, '')}${fraction === '' ? '' : `.${fraction}`}`);
}

const WORDS_WITH_POINT = /(?<!\p{L})(?:the|of|and|was|were|is|in|to|less|more|over|about)(?!\p{L})/giu;
const WORDS_WITH_COMMA =
  /(?<!\p{L})(?:der|die|das|und|von|mit|le|la|les|des|du|et|pour|el|los|las|del|y|il|di|che|o|os|da|do|em|het|een|och|att)(?!\p{L})/giu;

/** By script and language: Cyrillic texts write 1,5; English, Korean, Chinese and Japanese ones 1.5. */
function decimalMarkOf(text: string): DecimalMark {
  if (/\p{Script=Cyrillic}/u.test(text)) return 'COMMA';
  if (/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'POINT';
  const lead = leadOfEnglish(text);
  return lead > 0 ? 'POINT' : lead < 0 ? 'COMMA' : 'EITHER';
}

/** How many more frequent words of English a text has than of other languages in Latin script. */
export const leadOfEnglish = (text: string): number =>
  (text.match(WORDS_WITH_POINT)?.length ?? 0) - (text.match(WORDS_WITH_COMMA)?.length ?? 0);

/** Replaces the decimal digits of all scripts by those of ASCII; each takes as many UTF-16 units as before or fewer. */
function withAsciiDigits(text: string): string {
  return text.normalize('NFC').replaceAll(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) as number;
    if (point <= 0x39) return digit;
    // The digits of a script follow each other, so its zero is at most nine below.
    let zero = point;
    while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(point - zero);
  });
}

const DOLLARS = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'NAD', 'BBD', 'JMD', 'LRD', 'FJD'];
const CURRENCY_WORDS: readonly (readonly [pattern: RegExp, codes: readonly string[]])[] = [
  [/US\s?\$|(?<!\p{L})(?:U\.?S\.?|American) dollars?|доллар\p{L}* США|долл\.? США|미국? ?달러/iu, ['USD']],
  [/\$|(?<!\p{L})dollars?(?!\p{L})|доллар|долл\.|달러|美元|ドル|دولار/iu, DOLLARS],
  [/€|(?<!\p{L})euros?(?!\p{L})|(?<!\p{L})евро(?!\p{L})|유로|يورو/iu, ['EUR', 'XEU']],
  [/£|(?<!\p{L})(?:pounds? sterling|фунт\p{L}*)/iu, ['GBP', 'IEP', 'EGP', 'SYP', 'LBP']],
  [/₽|(?<!\p{L})(?:roubles?|rubles?|рубл\p{L}*|руб\.)|루블/iu, ['RUB', 'RUR', 'SUR', 'BYN', 'BYR', 'BYB']],
  [/₩|(?<!\p{L})вон(?!\p{L})/iu, ['KRW', 'KPW']],
  [/¥|(?<!\p{L})(?:yuan|renminbi|юан\p{L}*)|위안/iu, ['CNY', 'JPY']],
  [/(?<!\p{L})(?:yen|иен\p{L}*)(?!\p{L})|日元|円/iu, ['JPY']],
  [/₴|(?<!\p{L})(?:hryvnias?|гривен|гривн\p{L}*)/iu, ['UAH', 'UAK']],
];

/** The ISO 4217 codes of the currencies that a text names; where a name is that of several, all of them. */
export function currenciesIn(text: string): Set<string> {
  const codes = new Set<string>();
  let rest = text;
  for (const [pattern, named] of CURRENCY_WORDS) {
    const all = new RegExp(pattern.source, `${pattern.flags}g`);
    if (!pattern.test(rest)) continue;
    for (const code of named) codes.add(code);
    rest = rest.replaceAll(all, ' ');
  }
  for (const [code] of text.matchAll(/(?<![\p{L}\d])[A-Z]{3}(?!\p{L})/gu)) if (isCurrency(code)) codes.add(code);
  return codes;
}
