import { type DateWords, dateLabelIn, ENGLISH_DATES } from '../dates.js';
import type { DateFragment } from '../generated/graphql.js';

/** The words of citations in a language; what is cited stays in its own. */
export interface CitationWords {
  dates: DateWords;
  /** A sentence; the revision and the digest of the record are null if they are not known. */
  accessed: (day: string, revision: string | null, digest: string | null) => string;
  /** Who speaks if another has put the words into their mouth; `by` is null if it is not known. */
  imputed: (to: string | null, by: string | null) => string;
  noSource: string;
  probably: (names: string) => string;
  /** The claim and what it was summarised from. */
  claim: (id: string, document: string) => string;
  /** "¶ 5, characters 395–480", of text positions. */
  passage: (paragraph: number | null, start: number, end: number) => string;
  /** The place of a passage, and the digest of the text that its positions belong to, as a sentence. */
  place: (paragraph: number | null, start: number, end: number, sha256: string) => string;
  records: Readonly<Record<'TradeFigure' | 'Event' | 'Designation', string>>;
  // The following are sentences.
  passages: (passages: string) => string;
  said: (date: string) => string;
  published: (date: string) => string;
  dated: (date: string) => string;
  status: (status: string) => string;
  statedAs: (words: string) => string;
  sources: (sources: string) => string;
}

export const ENGLISH_CITATIONS: CitationWords = {
  dates: ENGLISH_DATES,
  accessed: (day, revision, digest) =>
    `Accessed ${day}${revision ? `; revision ${revision}` : ''}${digest ? `, record ${digest}` : ''}.`,
  imputed: (to, by) => `Words put into the mouth of ${to ?? 'another'}${by === null ? '' : ` by ${by}`}`,
  noSource: 'Source not named',
  probably: (names) => `Probably ${names}`,
  claim: (id, document) => `Claim ${id}, summarised from ${document}`,
  passage: (paragraph, start, end) => `${paragraph ? `¶ ${paragraph}, ` : ''}characters ${start}–${end}`,
  place: (paragraph, start, end, sha256) =>
    `Code points ${start} to ${end}${paragraph ? `, in paragraph ${paragraph}` : ''}, of the text with SHA-256 ${sha256}.`,
  records: { TradeFigure: 'Trade figure', Event: 'Event', Designation: 'Listing' },
  passages: (passages) => `Passages: ${passages}.`,
  said: (date) => `Said: ${date}.`,
  published: (date) => `Published: ${date}.`,
  dated: (date) => `Date: ${date}.`,
  status: (status) => `Status: ${status.toLowerCase()}.`,
  statedAs: (words) => `Stated as “${words}”.`,
  sources: (sources) => `Sources: ${sources}.`,
};

/** Ends a sentence, without a second full stop. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** A date in the words of a citation. */
export const dateIn = ({ dates }: CitationWords, date: Pick<DateFragment, 'edtf' | 'basis'>): string =>
  dateLabelIn(dates, date);
