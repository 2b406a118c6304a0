import { dateLabel } from '../dates.js';
import type { DateFragment } from '../generated/graphql.js';
import { type Access, accessText, bibtexAccess, cslAccess } from './access.js';
import { bibtexDate, bibtexEntry, escapeBibtex } from './bibtex.js';
import { issuedOf } from './csl.js';
import { type CitedPassage, positionOf } from './passage.js';

/** A trade figure, an event or a listing with what a citation of it needs. Claims have a form of their own: they have a speaker. */
export interface CitedRecord {
  id: string;
  type: 'TradeFigure' | 'Event' | 'Designation';
  /** What it states, in our own words. */
  title: string;
  date: Pick<DateFragment, 'edtf' | 'basis'>;
  /** The words in which a document states it; null if none does. */
  statedAs?: string | null;
  /** Whether it occurred, if it is an event. */
  status?: string | null;
  /** The passages that it rests on; empty if no document states it. */
  citations: readonly CitedPassage[];
  /** Sources outside the documents. */
  references: readonly { title: string; locator?: string | null; url?: string | null }[];
}

const TYPES = {
  TradeFigure: { name: 'Trade figure', schema: 'Observation' },
  Event: { name: 'Event', schema: 'Event' },
  Designation: { name: 'Listing', schema: 'CreativeWork' },
} as const;

const localId = (id: string): string => id.slice(id.indexOf(':') + 1);

const nameOf = ({ id, type }: CitedRecord): string => `${TYPES[type].name} ${localId(id)}`;

/** "memri-sd-10149, ¶ 5, characters 395–480" of each passage. */
const passagesText = (citations: readonly CitedPassage[]): string =>
  citations
    .map((citation) => {
      const { document, start, end } = positionOf(citation);
      return `${localId(document)}, ${citation.paragraph ? `¶ ${citation.paragraph}, ` : ''}characters ${start}–${end}`;
    })
    .join('; ');

/** What the record rests on, as sentences: what the document says, its passages, and other sources. */
function groundsText({ statedAs, status, citations, references }: CitedRecord): string {
  const sources = references.map(({ title, locator, url }) => [title, locator, url].filter(Boolean).join(', '));
  return [
    ...(status ? [`Status: ${status.toLowerCase()}.`] : []),
    ...(statedAs ? [`Stated as “${statedAs}”.`] : []),
    ...(citations.length > 0 ? [`Passages: ${passagesText(citations)}.`] : []),
    ...(sources.length > 0 ? [`Sources: ${sources.join('; ')}.`] : []),
  ].join(' ');
}

/** A citation of a record as text. */
export function recordText(record: CitedRecord, access: Access): string {
  const date = `(${dateLabel(record.date)})`;
  const parts = [`${record.title} ${date}.`, `${nameOf(record)}.`, groundsText(record), access.url, accessText(access)];
  return parts.filter(Boolean).join(' ');
}

/** A citation of a record as a BibTeX `@misc`, with a date only if that is certain. */
export function recordBibtex(record: CitedRecord, access: Access): string {
  const date = bibtexDate(record.date);
  const note = [...(date ? [] : [`Date: ${dateLabel(record.date)}.`]), groundsText(record), accessText(access)];
  return bibtexEntry('misc', localId(record.id), {
    title: `{${escapeBibtex(record.title)}}`,
    howpublished: escapeBibtex(nameOf(record)),
    ...date,
    ...bibtexAccess(access),
    note: escapeBibtex(note.filter(Boolean).join(' ')),
  });
}

/** A citation of a record as a CSL-JSON item (1.0.2). */
export const recordCsl = (record: CitedRecord, access: Access) =>
  ({
    id: record.id,
    type: 'webpage',
    title: record.title,
    genre: TYPES[record.type].name,
    'original-date': issuedOf(record.date),
    ...cslAccess(access),
    note: [groundsText(record), accessText(access)].filter(Boolean).join(' '),
    custom: {
      passages: record.citations.map((citation) => citation.id),
      ...(access.revision && { revision: access.revision }),
      ...(access.digest && { digest: access.digest }),
    },
  }) as const;

/** A citation of a record in JSON-LD (https://schema.org). `urlOf` returns the page of a record by its id, so that every `@id` can be opened. */
export const recordJsonLd = (record: CitedRecord, access: Access, urlOf: (id: string) => string) =>
  ({
    '@context': 'https://schema.org',
    '@type': TYPES[record.type].schema,
    '@id': urlOf(record.id),
    identifier: record.id,
    url: access.url,
    name: record.title,
    temporalCoverage: record.date.edtf,
    ...(record.statedAs && { description: `Stated as “${record.statedAs}”.` }),
    citation: [
      ...record.citations.map((citation) => ({
        '@type': 'CreativeWork',
        '@id': urlOf(citation.id),
        identifier: citation.id,
        ...(citation.excerpt && { text: citation.excerpt }),
        isPartOf: { '@type': 'Report', '@id': urlOf(positionOf(citation).document) },
      })),
      ...record.references.map(({ title, url }) => ({ '@type': 'CreativeWork', name: title, ...(url && { url }) })),
    ],
    ...(access.revision && { version: access.revision }),
    sdDatePublished: access.accessedOn,
  }) as const;
