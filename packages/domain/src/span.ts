import { spanOf } from './dates.js';

/** When something happened, as it is stored and served: the words of the date, and the days that it can denote. */
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
 * Puts dates in order of time as plain text: by the first day where that is known, else by the last; those open at both
 * ends stand last, for no day begins with a tilde. The id breaks ties, so that no two keys are the same.
 */
export const timeKey = (span: Pick<DateSpan, 'earliest' | 'latest'>, id: string): string =>
  `${span.earliest ?? span.latest ?? '~'} ${id}`;

/** A source outside the documents. */
export interface Reference {
  title: string;
  locator: string | null;
  url: string | null;
}

export interface BackgroundFact {
  fact: string;
  references: Reference[];
}
