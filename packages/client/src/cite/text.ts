import { dateLabel } from '../dates.js';
import { type Access, accessText } from './access.js';
import { passageNote } from './csl.js';
import type { PassageOfDocument } from './passage.js';

/** A citation of a passage as text: the words if they are available, the document, the place, and where and when it was read. */
export function citationText(citation: PassageOfDocument, access: Access): string {
  const { title, publisher, series, number, publishedOn } = citation.document;
  const source = [title, publisher?.name, series && `${series}${number ? ` ${number}` : ''}`, dateLabel(publishedOn)];
  const words = citation.excerpt ? `“${citation.excerpt.trim()}” ` : '';
  return `${words}${source.filter(Boolean).join(', ')}. ${passageNote(citation)} ${access.url} ${accessText(access)}`;
}
