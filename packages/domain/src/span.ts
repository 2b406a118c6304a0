import { spanOf } from './dates.js';

/** When something happened: an EDTF date, and the first and last day that it can denote. Stored and served in this form. */
export interface DateSpan {
  edtf: string;
  earliest: string | null;
  latest: string | null;
  basis: 'STATED' | 'INFERRED' | 'BACKGROUND' | 'UNKNOWN';
  note: string | null;
}

export const dateSpan = ({ edtf, basis, note }: Pick<DateSpan, 'edtf' | 'basis' | 'note'>): DateSpan => ({
  edtf,
  ...spanOf(edtf),
  basis,
  note,
});

/**
 * A sort key for dates that compares as text: by the first day if it is known, otherwise by the last. Dates that are open at
 * both ends sort last, since `~` is greater than any digit. The id breaks ties and makes the key unique.
 */
export const timeKey = (span: Pick<DateSpan, 'earliest' | 'latest'>, id: string): string =>
  `${span.earliest ?? span.latest ?? '~'} ${id}`;

/**
 * How many days a date can span at most; `OPEN_END` if only the first day is known, `OPEN_START` if that is not known. With it, a sort key
 * says which days a date cannot overlap.
 */
export const SPAN_LENGTHS = ['DAY', 'MONTH', 'YEAR', 'DECADE', 'LONGER', 'OPEN_END', 'OPEN_START'] as const;
export type SpanLength = (typeof SPAN_LENGTHS)[number];

/** The most days of a date of each length that has a limit. */
export const MAX_DAYS = { DAY: 1, MONTH: 31, YEAR: 366, DECADE: 3653 } as const satisfies Partial<
  Record<SpanLength, number>
>;

export const MS_PER_DAY = 86_400_000;

export function spanLength({ earliest, latest }: Pick<DateSpan, 'earliest' | 'latest'>): SpanLength {
  if (earliest === null) return 'OPEN_START';
  if (latest === null) return 'OPEN_END';
  const days = (Date.parse(latest) - Date.parse(earliest)) / MS_PER_DAY + 1;
  const limited = Object.entries(MAX_DAYS) as [keyof typeof MAX_DAYS, number][];
  return limited.find(([, most]) => days <= most)?.[0] ?? 'LONGER';
}

/** A source outside the documents of the graph. */
export interface Reference {
  title: string;
  locator: string | null;
  url: string | null;
}

export interface BackgroundFact {
  fact: string;
  references: Reference[];
}
