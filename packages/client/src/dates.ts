import type { DateFragment } from './generated/graphql.js';

/** A date with the parts that are given, and its qualifier: approximate (~), uncertain (?) or both (%). */
export interface EdtfDate {
  year: number;
  month: number | null;
  day: number | null;
  mark: '' | '~' | '?' | '%';
}

const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%]?)$/;

/** Parses a year, month or day of the Extended Date/Time Format (https://www.loc.gov/standards/datetime/); null for anything else. */
export function parseDate(text: string): EdtfDate | null {
  const [, year, month, day, mark] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  return {
    year: Number(year),
    month: month ? Number(month) : null,
    day: day ? Number(day) : null,
    mark: (mark ?? '') as EdtfDate['mark'],
  };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The words of date labels in a language. The parameters are labels of single dates, except where a date is named. */
export interface DateWords {
  /** A year, a month or a day. */
  date: (date: EdtfDate) => string;
  about: (date: string) => string;
  possibly: (date: string) => string;
  possiblyAbout: (date: string) => string;
  notAfter: (date: string) => string;
  notBefore: (date: string) => string;
  range: (from: string, until: string) => string;
  between: (from: string, until: string) => string;
  oneOf: (dates: readonly string[]) => string;
  unknown: string;
  /** Adds that the document does not state the date; `label` may be any label. */
  inferred: (label: string) => string;
  /** Adds that the date is from outside the document. */
  background: (label: string) => string;
}

export const ENGLISH_DATES: DateWords = {
  date: ({ year, month, day }) =>
    [day, month === null ? null : MONTHS[month - 1], String(year).padStart(4, '0')]
      .filter((part) => part !== null)
      .join(' '),
  about: (date) => `about ${date}`,
  possibly: (date) => `possibly ${date}`,
  possiblyAbout: (date) => `possibly about ${date}`,
  notAfter: (date) => `not after ${date}`,
  notBefore: (date) => `not before ${date}`,
  range: (from, until) => `${from} to ${until}`,
  between: (from, until) => `between ${from} and ${until}`,
  oneOf: (dates) => dates.join(' or '),
  unknown: 'date unknown',
  inferred: (label) => `${label} (inferred)`,
  background: (label) => `${label} (from outside the document)`,
};

/**
 * A date as text, never more precise than the evidence: a month stays a month, an open end stays open. The basis is
 * added unless the document states the date. An unsupported form is returned unchanged.
 */
export const dateLabel = (date: Pick<DateFragment, 'edtf' | 'basis'>): string => dateLabelIn(ENGLISH_DATES, date);

/** The same in the words of another language. */
export function dateLabelIn(words: DateWords, { edtf, basis }: Pick<DateFragment, 'edtf' | 'basis'>): string {
  if (edtf === '../..') return words.unknown;
  const label = spanLabel(edtf, words) ?? edtf;
  return basis === 'INFERRED' ? words.inferred(label) : basis === 'BACKGROUND' ? words.background(label) : label;
}

function spanLabel(edtf: string, words: DateWords): string | null {
  const [, from, until] = /^([^/]+)\/([^/]+)$/.exec(edtf) ?? [];
  if (from === undefined || until === undefined) return singleDateLabel(edtf, words) ?? setLabel(edtf, words);
  if (from === '..') return labelWith(words.notAfter, [until], words);
  if (until === '..') return labelWith(words.notBefore, [from], words);
  return labelWith(words.range, [from, until], words);
}

/** The label of an EDTF set, `[…]`: one of its dates; null for anything else. */
function setLabel(edtf: string, words: DateWords): string | null {
  const inner = /^\[(.+)\]$/.exec(edtf)?.[1];
  if (inner === undefined) return null;
  if (inner.startsWith('..')) return labelWith(words.notAfter, [inner.slice(2)], words);
  if (inner.endsWith('..')) return labelWith(words.notBefore, [inner.slice(0, -2)], words);
  if (inner.includes(',')) return labelWith((...dates: string[]) => words.oneOf(dates), inner.split(','), words);
  const [from, until, ...rest] = inner.split('..');
  return from === undefined || until === undefined || rest.length > 0
    ? null
    : labelWith(words.between, [from, until], words);
}

function singleDateLabel(text: string, words: DateWords): string | null {
  const date = parseDate(text);
  if (!date) return null;
  const label = words.date(date);
  if (date.mark === '~') return words.about(label);
  if (date.mark === '?') return words.possibly(label);
  return date.mark === '%' ? words.possiblyAbout(label) : label;
}

/** The labels of some dates combined; null if one of them has an unsupported form. */
function labelWith<TTexts extends string[]>(
  combine: (...labels: TTexts) => string,
  texts: TTexts,
  words: DateWords,
): string | null {
  const labels = texts.map((text) => singleDateLabel(text, words));
  return labels.includes(null) ? null : combine(...(labels as TTexts));
}

/**
 * A string that sorts dates in the order of the graph: by the first day if that is known, else by the
 * last. Dates that are open at both ends sort last, because no day begins with a tilde. The id breaks ties.
 */
export const dateKey = ({ earliest, latest }: Pick<DateFragment, 'earliest' | 'latest'>, id = ''): string =>
  `${earliest ?? latest ?? '~'} ${id}`;
