import { parseDate } from '../dates.js';
import type { DateFragment } from '../generated/graphql.js';
import { type Access, accessText, bibtexAccess } from './access.js';
import { passageNote } from './csl.js';
import { type PassageOfDocument, positionOf } from './passage.js';
import { type CitationWords, dateIn, ENGLISH_CITATIONS } from './words.js';

const SPECIAL: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Escapes special characters, so that no text can end the field or run as a command. */
export const escapeBibtex = (text: string): string =>
  text.replace(/[\\~^]|[{}$&#%_]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`).replace(/\s+/g, ' ');

/** A BibTeX entry. Fields without a value are left out; the values are escaped already. */
export function bibtexEntry(type: string, key: string, fields: Readonly<Record<string, string | null>>): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []));
  return `@${type}{${key.replace(/[^\w-]/g, '-')},\n${lines.join(',\n')}\n}\n`;
}

/** Year, month and day of a date as fields; null if the date is not certain. */
export function bibtexDate({
  edtf,
}: Pick<DateFragment, 'edtf'>): Record<'year' | 'month' | 'day', string | null> | null {
  const date = parseDate(edtf);
  if (date?.mark !== '') return null;
  const text = (part: number | null): string | null => (part === null ? null : String(part));
  return { year: String(date.year), month: text(date.month), day: text(date.day) };
}

/**
 * A BibTeX `@techreport`, or `@misc` if the publisher is not known. Year, month and day are included only if they are certain, `url` and
 * `urldate` if `access` is given.
 */
export function citationBibtex(
  citation: PassageOfDocument,
  access?: Access,
  words: CitationWords = ENGLISH_CITATIONS,
): string {
  const { document } = citation;
  const position = positionOf(citation);
  const date = bibtexDate(document.publishedOn);
  const key = `${position.document.replace('document:', '')}-${position.start}-${position.end}`;
  return bibtexEntry(document.publisher ? 'techreport' : 'misc', key, {
    title: `{${escapeBibtex(document.title)}}`,
    institution: document.publisher && `{${escapeBibtex(document.publisher.name)}}`,
    type: document.series && escapeBibtex(document.series),
    number: document.number && escapeBibtex(document.number),
    ...date,
    ...(access && bibtexAccess(access)),
    note: escapeBibtex(
      [
        ...(date ? [] : [words.published(dateIn(words, document.publishedOn))]),
        passageNote(citation, words),
        ...(access ? [accessText(access, words)] : []),
      ].join(' '),
    ),
  });
}
