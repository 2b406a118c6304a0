import { type CitationWords, dateIn } from './words.js';

/** How a record was read: what a citation needs so that others find it, and can see whether it has changed. */
export interface Access {
  /** Page of the record. */
  url: string;
  /** Day on which it was read, e.g. `2026-11-29`. */
  accessedOn: string;
  /** Revision of the store that it was read from; null if not known. */
  revision?: string | null;
  /** Digest of the record as it was read; null if not known. */
  digest?: string | null;
}

/** "Accessed 29 November 2026; revision 4d1c, record 81ae." */
export const accessText = ({ accessedOn, revision, digest }: Access, words: CitationWords): string =>
  words.accessed(dateIn(words, { edtf: accessedOn, basis: 'STATED' }), revision ?? null, digest ?? null);

/** The fields of a BibTeX entry. */
export const bibtexAccess = ({ url, accessedOn }: Access): Record<string, string> => ({
  // A brace or a backslash is not valid in a URL. Without braces of its own: BibLaTeX reads this field verbatim, and they would become part
  // of the address.
  url: url.replace(/[{}\\]/g, encodeURIComponent),
  urldate: accessedOn,
});

/** The fields of a CSL-JSON item. */
export const cslAccess = ({ url, accessedOn }: Access) => ({
  URL: url,
  accessed: { 'date-parts': [accessedOn.split('-').map(Number)] },
});
