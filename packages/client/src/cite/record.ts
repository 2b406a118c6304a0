import type { DateFragment } from '../generated/graphql.js';
import { type Access, accessText, bibtexAccess, cslAccess } from './access.js';
import { bibtexDate, bibtexEntry, escapeBibtex } from './bibtex.js';
import { issuedOf } from './csl.js';
import { type CitedPassage, positionOf } from './passage.js';
import { type CitationWords, dateIn, ENGLISH_CITATIONS } from './words.js';

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

/** The types of schema.org. */
const TYPES = { TradeFigure: 'Observation', Event: 'Event', Designation: 'CreativeWork' } as const;

const localId = (id: string): string => id.slice(id.indexOf(':') + 1);

/** "memri-sd-10149, ¶ 5, characters 395–480" of each passage. */
const passagesText = (citations: readonly CitedPassage[], words: CitationWords): string =>
  citations
    .map((citation) => {
      const { document, start, end } = positionOf(citation);
      return `${localId(document)}, ${words.passage(citation.paragraph ?? null, start, end)}`;
    })
    .join('; ');

/** What the record rests on, as sentences: what the document says, its passages, and other sources. */
function groundsText({ statedAs, status, citations, references }: CitedRecord, words: CitationWords): string {
  const sources = references.map(({ title, locator, url }) => [title, locator, url].filter(Boolean).join(', '));
  return [
    ...(status ? [words.status(status)] : []),
    ...(statedAs ? [words.statedAs(statedAs)] : []),
    ...(citations.length > 0 ? [words.passages(passagesText(citations, words))] : []),
    ...(sources.length > 0 ? [words.sources(sources.join('; '))] : []),
  ].join(' ');
}

/** A citation of a record as text. */
export function recordText(record: CitedRecord, access: Access, words: CitationWords = ENGLISH_CITATIONS): string {
  return [
    `${record.title} (${dateIn(words, record.date)}).`,
    `${words.records[record.type]} ${localId(record.id)}.`,
    groundsText(record, words),
    access.url,
    accessText(access, words),
  ]
    .filter(Boolean)
    .join(' ');
}

/** A citation of a record as a BibTeX `@misc`, with a date only if that is certain. */
export function recordBibtex(record: CitedRecord, access: Access, words: CitationWords = ENGLISH_CITATIONS): string {
  const date = bibtexDate(record.date);
  const note = [
    ...(date ? [] : [words.dated(dateIn(words, record.date))]),
    groundsText(record, words),
    accessText(access, words),
  ];
  return bibtexEntry('misc', localId(record.id), {
    title: `{${escapeBibtex(record.title)}}`,
    howpublished: escapeBibtex(`${words.records[record.type]} ${localId(record.id)}`),
    ...date,
    ...bibtexAccess(access),
    note: escapeBibtex(note.filter(Boolean).join(' ')),
  });
}

/** A citation of a record as a CSL-JSON item (1.0.2). */
export const recordCsl = (record: CitedRecord, access: Access, words: CitationWords = ENGLISH_CITATIONS) =>
  ({
    id: record.id,
    type: 'webpage',
    title: record.title,
    genre: words.records[record.type],
    'original-date': issuedOf(record.date, words),
    ...cslAccess(access),
    note: [groundsText(record, words), accessText(access, words)].filter(Boolean).join(' '),
    custom: {
      passages: record.citations.map((citation) => citation.id),
      ...(access.revision && { revision: access.revision }),
      ...(access.digest && { digest: access.digest }),
    },
  }) as const;

/** A citation of a record in JSON-LD (https://schema.org). `urlOf` returns the page of a record by its id, so that every `@id` can be opened. */
export const recordJsonLd = (
  record: CitedRecord,
  access: Access,
  urlOf: (id: string) => string,
  words: CitationWords = ENGLISH_CITATIONS,
) =>
  ({
    '@context': 'https://schema.org',
    '@type': TYPES[record.type],
    '@id': urlOf(record.id),
    identifier: record.id,
    url: access.url,
    name: record.title,
    temporalCoverage: record.date.edtf,
    ...(record.statedAs && { description: words.statedAs(record.statedAs) }),
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
