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
