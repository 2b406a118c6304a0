import { dateLabel, parseDate } from '../dates.js';
import { type Access, accessText, cslAccess } from './access.js';
import { type PassageOfDocument, positionOf } from './passage.js';

/** The document as a CSL-JSON item (1.0.2), with the passage in its note. The date has only the known parts. */
export function citationCsl(citation: PassageOfDocument, access?: Access) {
  const { document } = citation;
  return {
    id: citation.id,
    type: 'report',
    title: document.title,
    ...(document.publisher && { publisher: document.publisher.name }),
    ...(document.series !== null && { 'collection-title': document.series }),
    ...(document.number !== null && { number: document.number }),
    issued: issuedOf(document.publishedOn),
    ...(access && cslAccess(access)),
    note: `${passageNote(citation)}${access ? ` ${accessText(access)}` : ''}`,
  } as const;
}

/** A date as CSL-JSON. */
export function issuedOf(span: Pick<PassageOfDocument['document']['publishedOn'], 'edtf' | 'basis'>) {
  const date = parseDate(span.edtf);
  if (!date) return { literal: dateLabel(span) };
  const parts = [date.year, date.month, date.day].filter((part) => part !== null);
  return { 'date-parts': [parts], ...(date.mark !== '' && { circa: true }) };
}

/** The position of the passage and the digest of the text, as a sentence. */
export function passageNote(citation: PassageOfDocument): string {
  const { start, end } = positionOf(citation);
  const paragraph = citation.paragraph ? `, in paragraph ${citation.paragraph}` : '';
  return `Code points ${start} to ${end}${paragraph}, of the text with SHA-256 ${citation.document.sha256}.`;
}
