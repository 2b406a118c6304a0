import edtf from 'edtf';

/** First and last day that a date can denote; null for an open end. */
export interface DayRange {
  earliest: string | null;
  latest: string | null;
}

/** Maximum length of an EDTF date in UTF-16 units. The parser takes about 30 µs per unit. */
const MAX_LENGTH = 1000;
const YEAR = /^\d{4}$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/**
 * A year, month or day, with `X` for unspecified digits. Seasons have no defined days; times and years of more or fewer than
 * four digits do not compare as text.
 */
const DATE = /^[\dX]{4}(-[01X][\dX](-[\dX]{2})?)?$/;

/** Whether the text is a valid calendar date, `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  // Date.UTC reads years below 100 as 19xx.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

interface Parsed {
  type: string;
  min: number;
  max: number;
  values?: Parsed[] | { type: string; min: number; max: number }[];
  earlier?: boolean;
  later?: boolean;
  lower?: Parsed | number | null;
  upper?: Parsed | number | null;
}

/** Ranges that the parser has computed: a document has the same few dates many times. */
const parsedRanges = new Map<string, Readonly<DayRange>>();
const MAX_PARSED = 1000;

/**
 * The days that an EDTF date (ISO 8601-2:2019) can denote. Marks of approximation and uncertainty do not widen the range, since
 * they do not say by how much. Throws a RangeError if the text is not an EDTF date of years, months and days.
 * https://www.loc.gov/standards/datetime/
 */
export function spanOf(text: string): Readonly<DayRange> {
  if (text === '../..') return { earliest: null, latest: null };
  // Fast path: most dates are days or years, and the parser is slow.
  if (isCalendarDay(text)) return { earliest: text, latest: text };
  if (YEAR.test(text)) return { earliest: `${text}-01-01`, latest: `${text}-12-31` };
  if (text.length > MAX_LENGTH)
    throw new RangeError(
      `a text of ${text.length} characters is not an EDTF date; expected at most ${MAX_LENGTH}, e.g. 2022-08 or 2022-07-25~/2022-07-31.`,
    );
  const known = parsedRanges.get(text);
  if (known) return known;
  try {
    const dates = datesIn(text);
    if (dates.length === 0 || !dates.every(isDate)) throw new RangeError('no dates');
    const range = rangeOf(edtf(text) as unknown as Parsed);
    if (parsedRanges.size >= MAX_PARSED) parsedRanges.clear();
    parsedRanges.set(text, range);
    return range;
  } catch {
    throw new RangeError(
      `"${text}" is not an EDTF date; expected e.g. 2022-08, 2022-08-15, ../2022-08-15 or 2022-07-25~/2022-07-31.`,
    );
  }
}

/** The years, months and days in a text, without qualification marks. */
const datesIn = (text: string): string[] =>
  text
    .replaceAll(/[?~%]/g, '')
    .split(/\.\.|[/,[\]{}]/)
    .filter((date) => date !== '');

// The edtf package reads 29 February of a common year as 1 March.
const isDate = (date: string): boolean => DATE.test(date) && (!DAY.test(date) || isCalendarDay(date));

function rangeOf(date: Parsed): DayRange {
  switch (date.type) {
    case 'Interval':
      return { earliest: open(date.lower) ? null : dayOf(date.min), latest: open(date.upper) ? null : dayOf(date.max) };
    case 'Set':
    case 'List': {
      // For a set that contains a range, the edtf package's `max` is the end of its first day, and an open start has no valid `min`.
      const ranges = (date.values as Parsed[]).map((value) =>
        Array.isArray(value) ? rangeOfPair(value as unknown as [Parsed, Parsed]) : rangeOf(value),
      );
      return {
        earliest: date.earlier
          ? null
          : pick(
              ranges.map((range) => range.earliest),
              Math.min,
            ),
        latest: date.later
          ? null
          : pick(
              ranges.map((range) => range.latest),
              Math.max,
            ),
      };
    }
    default:
      return { earliest: dayOf(date.min), latest: dayOf(date.max) };
  }
}

function rangeOfPair([first, last]: [Parsed, Parsed]): DayRange {
  return { earliest: rangeOf(first).earliest, latest: rangeOf(last).latest };
}

const open = (end: unknown): boolean => end === null || end === undefined || end === Infinity || end === -Infinity;

function pick(days: (string | null)[], choose: (...times: number[]) => number): string | null {
  if (days.length === 0 || days.includes(null)) return null;
  return dayOf(choose(...days.map((day) => Date.parse(day as string))));
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
