import { isCalendarDay, spanOf } from '@dossier/domain/facts';
import { composed, overlaps, type Paragraph, type Span } from './paragraphs.js';

/** A date of a text in EDTF. One that depends on another date is INFERRED, and names it. */
export interface StatedDate extends Span {
  edtf: string;
  basis: 'STATED' | 'INFERRED';
  /** The date that it was computed from; null if the words give it in full. */
  anchor: string | null;
}

const MONTH_NAMES: readonly string[] = [
  'january|jan\\.?|января|январе|январь',
  'february|feb\\.?|февраля|феврале|февраль',
  'march|mar\\.|марта|марте|март',
  'april|apr\\.?|апреля|апреле|апрель',
  'may|мая|мае|май',
  'june|jun\\.|июня|июне|июнь',
  'july|jul\\.|июля|июле|июль',
  'august|aug\\.?|августа|августе|август',
  'september|sept?\\.?|сентября|сентябре|сентябрь',
  'october|oct\\.?|октября|октябре|октябрь',
  'november|nov\\.?|ноября|ноябре|ноябрь',
  'december|dec\\.?|декабря|декабре|декабрь',
];
const MONTHS = MONTH_NAMES.map((names) => new RegExp(`^(?:${names})$`, 'iu'));
const MONTH = `(?<month>${MONTH_NAMES.join('|')})`;
const WEEKDAYS = 'sunday|monday|tuesday|wednesday|thursday|friday|saturday'.split('|');
const ORDINALS =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first|twenty-second|twenty-third|twenty-fourth|twenty-fifth|twenty-sixth|twenty-seventh|twenty-eighth|twenty-ninth|thirtieth|thirty-first'.split(
    '|',
  );
const COUNTS = 'a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve'.split('|');

const DAY = '(?<day>0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?';
const YEAR = '(?<year>1[5-9]\\d{2}|20\\d{2})';
const NOT_IN_WORD = '(?<![\\p{L}\\p{M}\\p{N}.,-])';
/** In scripts without spaces, a date may follow a word directly. */
const NOT_IN_NUMBER = '(?<![\\p{Script=Latin}\\p{N}.,-])';
const END = '(?![\\p{L}\\p{M}\\p{N}])';
const pattern = (source: string): RegExp => new RegExp(source, 'giu');

type Groups = Partial<Record<string, string>>;
type Reading = Omit<StatedDate, keyof Span> | null;

const NAMES_MONTH = new RegExp(`(?:${MONTH_NAMES.join('|')}|[월月])`, 'iu');
/** Whether the words of a date name a month, with or without a year: others count from today. */
export const namesMonth = (words: string): boolean => NAMES_MONTH.test(words.normalize('NFC'));

/** Forms of dates. Of two that overlap, the first in this list is taken. */
const FORMS: readonly [RegExp, (groups: Groups, anchor: string | null) => Reading][] = [
  [
    pattern(`${NOT_IN_WORD}(?<year>\\d{4})-(?<m>\\d{2})-(?<day>\\d{2})${END}`),
    ({ year, m, day }) => stated(`${year}-${m}-${day}`),
  ],
  [
    pattern(`${NOT_IN_WORD}(?<day>\\d{1,2})\\.(?<m>\\d{1,2})\\.(?<year>\\d{4})${END}`),
    ({ year, m, day }) => stated(dayOf(year, m, day)),
  ],
  [
    pattern(`${NOT_IN_NUMBER}(?<year>\\d{4})\\s?[년年]\\s?(?<m>\\d{1,2})\\s?[월月]\\s?(?<day>\\d{1,2})\\s?[일日]`),
    ({ year, m, day }) => stated(dayOf(year, m, day)),
  ],
  [
    pattern(`${NOT_IN_NUMBER}(?<year>\\d{4})\\s?[년年]\\s?(?<m>\\d{1,2})\\s?[월月]`),
    ({ year, m }) => stated(`${year}-${two(m)}`),
  ],
  [pattern(`${NOT_IN_NUMBER}(?<year>\\d{4})\\s?[년年]`), ({ year }) => stated(String(year))],
  [
    pattern(`${NOT_IN_NUMBER}(?<m>\\d{1,2})\\s?[월月]\\s?(?<day>\\d{1,2})\\s?[일日]`),
    ({ m, day }, anchor) => withoutYear(Number(m), day, anchor),
  ],
  [
    pattern(`${NOT_IN_WORD}${MONTH}\\s+${DAY}(?:,\\s*|\\s+\\(?|\\s*,?\\s+)${YEAR}\\)?${END}`),
    ({ year, month, day }) => stated(dayOf(year, monthOf(month), day)),
  ],
  [
    pattern(`${NOT_IN_WORD}${DAY}\\s+(?:of\\s+)?${MONTH},?\\s+${YEAR}${END}`),
    ({ year, month, day }) => stated(dayOf(year, monthOf(month), day)),
  ],
  [
    pattern(`${NOT_IN_WORD}(?<ordinal>${ORDINALS.join('|')})\\s+(?:day\\s+)?of\\s+${MONTH}(?:,?\\s+${YEAR})?${END}`),
    ({ year, month, ordinal }, anchor) => {
      const day = String(ORDINALS.indexOf((ordinal ?? '').toLowerCase()) + 1);
      return year === undefined ? withoutYear(monthOf(month), day, anchor) : stated(dayOf(year, monthOf(month), day));
    },
  ],
  [
    pattern(`${NOT_IN_WORD}${MONTH}\\s+(?:of\\s+)?${YEAR}${END}`),
    ({ year, month }) => stated(`${year}-${two(monthOf(month))}`),
  ],
  [
    pattern(`${NOT_IN_WORD}${MONTH}\\s+${DAY}${END}`),
    ({ month, day }, anchor) => withoutYear(monthOf(month), day, anchor),
  ],
  [
    pattern(`${NOT_IN_WORD}${DAY}\\s+(?:of\\s+)?${MONTH}${END}`),
    ({ month, day }, anchor) => withoutYear(monthOf(month), day, anchor),
  ],
  [pattern(`${NOT_IN_WORD}(?<year>1[5-9]\\d|20\\d)0s${END}`), ({ year }) => stated(`${year}X`)],
  [
    pattern(
      `(?<=\\b(?:in|since|until|till|by|from|through|last|this|next|of|early|late|mid|during)[\\s-])${MONTH}${END}`,
    ),
    ({ month }, anchor) => withoutYear(monthOf(month), undefined, anchor),
  ],
  [
    pattern(`(?<=\\p{Script=Cyrillic}\\s)${MONTH}${END}`),
    ({ month }, anchor) => withoutYear(monthOf(month), undefined, anchor),
  ],
  [pattern(`${NOT_IN_WORD}${YEAR}${END}(?![.,]\\d|\\s*[%$€])`), ({ year }) => stated(String(year))],
  [
    pattern(`${NOT_IN_WORD}(?<relative>today|yesterday|tomorrow|сегодня|вчера|завтра)${END}`),
    ({ relative }, anchor) => relativeDay(relative, anchor),
  ],
  [
    pattern(`${NOT_IN_WORD}(?<which>last|this|next|previous)\\s+(?<unit>week|month|year)${END}`),
    ({ which, unit }, anchor) => relativeUnit(which, unit, anchor),
  ],
  [
    pattern(
      `${NOT_IN_WORD}(?<count>${COUNTS.join('|')}|\\d{1,3})\\s+(?<unit>day|week|month|year)s?\\s+(?:ago|earlier|before)${END}`,
    ),
    ({ count, unit }, anchor) => ago(countOf(count), unit, false, anchor),
  ],
  [
    pattern(`${NOT_IN_WORD}(?:a few|several|some)\\s+(?<unit>day|week|month|year)s\\s+(?:ago|earlier|before)${END}`),
    ({ unit }, anchor) => ago(FEW, unit, true, anchor),
  ],
  [
    pattern(`${NOT_IN_WORD}(?:on|last)\\s+(?<weekday>${WEEKDAYS.join('|')})${END}`),
    ({ weekday }, anchor) => lastWeekday(weekday, anchor),
  ],
];
const FEW = 3;

/**
 * The dates of a paragraph. A relative one is computed from `publishedOn`, or, with "earlier" and "before", from the last full date before it in the
 * paragraph. Relative dates are left out if there is nothing to compute them from.
 */
export function datesIn({ content: asWritten }: Pick<Paragraph, 'content'>, publishedOn: string | null): StatedDate[] {
  const { content, original } = composed(asWritten);
  const dates: StatedDate[] = [];
  for (const [form, read] of FORMS)
    for (const match of content.matchAll(form)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (dates.some((date) => overlaps(date, span))) continue;
      const anchor = /(?:earlier|before)$/iu.test(match[0])
        ? (dates.filter(({ end, edtf }) => end <= span.start && isCalendarDay(edtf)).sort((a, b) => b.end - a.end)[0]
            ?.edtf ?? publishedOn)
        : publishedOn;
      const reading = read(match.groups ?? {}, anchor);
      if (reading && isEdtf(reading.edtf)) dates.push({ ...span, ...reading });
    }
  return dates.map(original).sort((a, b) => a.start - b.start);
}

function isEdtf(edtf: string): boolean {
  try {
    spanOf(edtf);
    return true;
  } catch {
    return false;
  }
}

const two = (number: string | number | undefined): string => String(Number(number)).padStart(2, '0');
const dayOf = (year: string | undefined, month: string | number | undefined, day: string | undefined): string =>
  `${year}-${two(month)}-${two(day)}`;
const monthOf = (name: string | undefined): number => MONTHS.findIndex((month) => month.test(name ?? '')) + 1;
const countOf = (count: string | undefined): number =>
  /^\d/.test(count ?? '') ? Number(count) : Math.max(1, COUNTS.indexOf((count ?? '').toLowerCase()) - 1);
const stated = (edtf: string): Reading => ({ edtf, basis: 'STATED', anchor: null });
const inferred = (edtf: string, anchor: string): Reading => ({ edtf, basis: 'INFERRED', anchor });

/** A day or month of the year of the anchor, or of the year before if it would be after the anchor. */
function withoutYear(month: number, day: string | undefined, anchor: string | null): Reading {
  const latest = anchor && latestOf(anchor);
  if (!latest) return null;
  const edtf = (year: number) => (day === undefined ? `${year}-${two(month)}` : dayOf(String(year), month, day));
  const year = Number(latest.slice(0, 4));
  const date = edtf(year) > latest ? edtf(year - 1) : edtf(year);
  return inferred(date, anchor);
}

function relativeDay(word: string | undefined, anchor: string | null): Reading {
  const shift = { yesterday: -1, вчера: -1, tomorrow: 1, завтра: 1 }[(word ?? '').toLowerCase()] ?? 0;
  return anchor && isCalendarDay(anchor) ? inferred(plusDays(anchor, shift), anchor) : null;
}

function relativeUnit(which: string | undefined, unit: string | undefined, anchor: string | null): Reading {
  const shift = { last: -1, previous: -1, next: 1 }[(which ?? '').toLowerCase()] ?? 0;
  const latest = anchor && latestOf(anchor);
  if (!latest) return null;
  if (unit?.toLowerCase() === 'year') return inferred(String(Number(latest.slice(0, 4)) + shift), anchor);
  if (unit?.toLowerCase() === 'month' && /^\d{4}-\d{2}/.test(anchor))
    return inferred(plusMonths(latest, shift).slice(0, 7), anchor);
  if (!isCalendarDay(anchor)) return null;
  // Weeks begin on Monday.
  const monday = plusDays(anchor, shift * 7 - ((weekdayOf(anchor) + 6) % 7));
  return inferred(`${monday}/${plusDays(monday, 6)}`, anchor);
}

/** "A few" is approximate, and so is a number of months or years: nobody counts their days. */
function ago(count: number, unit: string | undefined, isVague: boolean, anchor: string | null): Reading {
  const latest = anchor && latestOf(anchor);
  if (!latest) return null;
  const about = isVague ? '~' : '';
  switch (unit?.toLowerCase()) {
    case 'year':
      return inferred(`${Number(latest.slice(0, 4)) - count}${about}`, anchor);
    case 'month':
      return isCalendarDay(anchor) ? inferred(`${plusMonths(latest, -count).slice(0, 7)}${about}`, anchor) : null;
    default: {
      if (!isCalendarDay(anchor)) return null;
      const isWeek = unit?.toLowerCase() === 'week';
      return inferred(`${plusDays(anchor, -count * (isWeek ? 7 : 1))}${isWeek ? '~' : about}`, anchor);
    }
  }
}

function lastWeekday(name: string | undefined, anchor: string | null): Reading {
  if (!anchor || !isCalendarDay(anchor)) return null;
  const back = (weekdayOf(anchor) - WEEKDAYS.indexOf((name ?? '').toLowerCase()) + 7) % 7;
  return inferred(plusDays(anchor, -back), anchor);
}

const latestOf = (edtf: string): string | null =>
  isEdtf(edtf) ? (spanOf(edtf).latest ?? spanOf(edtf).earliest) : null;
const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const plusMonths = (day: string, months: number): string => {
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(total / 12)}-${two((total % 12) + 1)}-01`;
};
const weekdayOf = (day: string): number => new Date(Date.parse(day)).getUTCDay();
