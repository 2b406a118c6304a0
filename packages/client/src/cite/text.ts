import { type Access, accessText } from './access.js';
import { passageNote } from './csl.js';
import type { PassageOfDocument } from './passage.js';
import { type CitationWords, dateIn, ENGLISH_CITATIONS, sentence } from './words.js';

/** A citation of a passage as text: the words if they are available, the document, the place, and where and when it was read. */
export function citationText(
  citation: PassageOfDocument,
  access: Access,
  words: CitationWords = ENGLISH_CITATIONS,
): string {
  const { title, publisher, series, number, publishedOn } = citation.document;
  const source = [
    title,
    publisher?.name,
    series && `${series}${number ? ` ${number}` : ''}`,
    dateIn(words, publishedOn),
  ];
  const quoted = citation.excerpt ? `“${citation.excerpt.trim()}” ` : '';
  return `${quoted}${sentence(source.filter(Boolean).join(', '))} ${passageNote(citation, words)} ${access.url} ${accessText(access, words)}`;
}
