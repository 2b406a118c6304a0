import { dateLabel, parseDate } from '../dates.js';
import { type Access, accessText, bibtexAccess } from './access.js';
import { passageNote } from './csl.js';
import { type PassageOfDocument, positionOf } from './passage.js';

const SPECIAL: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Escapes special characters, so that no text can end the field or run as a command. */
export const escapeBibtex = (text: string): string =>
  text.replace(/[\\~^]|[{}$&#%_]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`).replace(/\s+/g, ' ');

/**
 * A BibTeX `@techreport`, or `@misc` if the publisher is not known. Year, month and day are included only if they are certain, `url` and
 * `urldate` if `access` is given.
 */
export function citationBibtex(citation: PassageOfDocument, access?: Access): string {
  const { document } = citation;
  const position = positionOf(citation);
  const date = parseDate(document.publishedOn.edtf);
  const certain = date !== null && date.mark === '';
  const fields = {
    title: `{${escapeBibtex(document.title)}}`,
    institution: document.publisher && `{${escapeBibtex(document.publisher.name)}}`,
    type: document.series && escapeBibtex(document.series),
    number: document.number && escapeBibtex(document.number),
    year: certain ? String(date.year) : null,
    month: certain && date.month !== null ? String(date.month) : null,
    day: certain && date.day !== null ? String(date.day) : null,
    ...(access && bibtexAccess(access)),
    note: escapeBibtex(
      `${certain ? '' : `Published: ${dateLabel(document.publishedOn)}. `}${passageNote(citation)}${access ? ` ${accessText(access)}` : ''}`,
    ),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []));
  const key = `${position.document.replace('document:', '')}-${position.start}-${position.end}`.replace(/[^\w-]/g, '-');
  return `@${document.publisher ? 'techreport' : 'misc'}{${key},\n${lines.join(',\n')}\n}\n`;
}
