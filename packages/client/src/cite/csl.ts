import { parseDate } from '../dates.js';
import { type Access, accessText, cslAccess } from './access.js';
import { type PassageOfDocument, positionOf } from './passage.js';
import { type CitationWords, dateIn, ENGLISH_CITATIONS } from './words.js';

/** The document as a CSL-JSON item (1.0.2), with the passage in its note. The date has only the known parts. */
export function citationCsl(citation: PassageOfDocument, access?: Access, words: CitationWords = ENGLISH_CITATIONS) {
  const { document } = citation;
  return {
    id: citation.id,
    type: 'report',
    title: document.title,
    ...(document.publisher && { publisher: document.publisher.name }),
    ...(document.series !== null && { 'collection-title': document.series }),
    ...(document.number !== null && { number: document.number }),
    issued: issuedOf(document.publishedOn, words),
    ...(access && cslAccess(access)),
    note: [passageNote(citation, words), ...(access ? [accessText(access, words)] : [])].join(' '),
  } as const;
}

/** A date as CSL-JSON. */
export function issuedOf(
  span: Pick<PassageOfDocument['document']['publishedOn'], 'edtf' | 'basis'>,
  words: CitationWords,
) {
  const date = parseDate(span.edtf);
  if (!date) return { literal: dateIn(words, span) };
  const parts = [date.year, date.month, date.day].filter((part) => part !== null);
  return { 'date-parts': [parts], ...(date.mark !== '' && { circa: true }) };
}

/** The position of the passage and the digest of the text, as a sentence. */
export function passageNote(citation: PassageOfDocument, words: CitationWords): string {
  const { start, end } = positionOf(citation);
  return words.place(citation.paragraph ?? null, start, end, citation.document.sha256);
}
