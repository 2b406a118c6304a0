import type { CitedDocumentFragment, DateFragment, SpeakerLineFragment } from '../generated/graphql.js';
import { type Access, accessText, bibtexAccess, cslAccess } from './access.js';
import { bibtexDate, bibtexEntry, escapeBibtex } from './bibtex.js';
import { issuedOf } from './csl.js';
import { type CitedPassage, positionOf } from './passage.js';
import { type CitationWords, dateIn, ENGLISH_CITATIONS, sentence } from './words.js';

/** A claim with what a citation of it needs. */
export interface CitedClaim {
  id: string;
  /** Our own words, not those of the document. */
  summary: string;
  saidOn: DateFragment;
  attribution: SpeakerLineFragment;
  document: CitedDocumentFragment;
  /** All passages that contain it. */
  citations: readonly CitedPassage[];
}

const localId = (id: string): string => id.slice(id.indexOf(':') + 1);

/** The names of actors; the id of one whose name could not be fetched. */
function namesOf({ speakers, speakerIds }: SpeakerLineFragment): { id: string; name: string }[] {
  return speakerIds.flatMap((each, index) =>
    each ? [{ id: each.id, name: speakers[index]?.name ?? localId(each.id) }] : [],
  );
}

/** The speakers if the document leaves no doubt about them; else nobody. */
const certainSpeakers = (attribution: SpeakerLineFragment): { id: string; name: string }[] =>
  attribution.status === 'EXPLICIT' || attribution.status === 'IMPLICIT' ? namesOf(attribution) : [];

/** Who speaks, with the doubt that there is about it. */
function speakerText(attribution: SpeakerLineFragment, words: CitationWords): string {
  const { status, imputedTo, imputedToId, imputedBy, imputedById } = attribution;
  if (status === 'IMPUTED') {
    const to = imputedTo?.name ?? (imputedToId ? localId(imputedToId.id) : null);
    const by = imputedBy?.name ?? (imputedById ? localId(imputedById.id) : null);
    return words.imputed(to, by);
  }
  const names = namesOf(attribution)
    .map(({ name }) => name)
    .join(', ');
  if (names === '') return words.noSource;
  return status === 'INHERITED_UNCERTAIN' ? words.probably(names) : names;
}

/** "¶ 5, characters 395–480" of each passage. */
const passagesText = (citations: readonly CitedPassage[], words: CitationWords): string =>
  citations
    .map((citation) => {
      const { start, end } = positionOf(citation);
      return words.passage(citation.paragraph ?? null, start, end);
    })
    .join('; ');

const documentText = (
  { title, publisher, series, number, publishedOn }: CitedDocumentFragment,
  words: CitationWords,
): string =>
  [title, publisher?.name, series && `${series}${number ? ` ${number}` : ''}`, dateIn(words, publishedOn)]
    .filter(Boolean)
    .join(', ');

/** A citation of a claim as text. The summary is not in quotation marks, since nobody said it in these words. */
export function claimText(claim: CitedClaim, access: Access, words: CitationWords = ENGLISH_CITATIONS): string {
  const { id, summary, saidOn, attribution, document, citations } = claim;
  return [
    `${speakerText(attribution, words)} (${dateIn(words, saidOn)}):`,
    sentence(summary),
    sentence(
      `${words.claim(localId(id), documentText(document, words))}${citations.length > 0 ? `, ${passagesText(citations, words)}` : ''}`,
    ),
    access.url,
    accessText(access, words),
  ].join(' ');
}

/** A citation of a claim as a BibTeX `@misc`. It has authors and a date only if these are certain. */
export function claimBibtex(claim: CitedClaim, access: Access, words: CitationWords = ENGLISH_CITATIONS): string {
  const { id, summary, saidOn, attribution, document, citations } = claim;
  const date = bibtexDate(saidOn);
  const authors = certainSpeakers(attribution);
  const note = [
    ...(authors.length === 0 ? [`${speakerText(attribution, words)}.`] : []),
    ...(date ? [] : [words.said(dateIn(words, saidOn))]),
    words.passages(passagesText(citations, words)),
    accessText(access, words),
  ].join(' ');
  return bibtexEntry('misc', localId(id), {
    author: authors.length > 0 ? authors.map(({ name }) => `{${escapeBibtex(name)}}`).join(' and ') : null,
    title: `{${escapeBibtex(summary)}}`,
    howpublished: escapeBibtex(words.claim(localId(id), documentText(document, words))),
    ...date,
    ...bibtexAccess(access),
    note: escapeBibtex(note),
  });
}

/** A citation of a claim as a CSL-JSON item (1.0.2). The claim is the item, and its document the container. */
export function claimCsl(claim: CitedClaim, access: Access, words: CitationWords = ENGLISH_CITATIONS) {
  const { id, summary, saidOn, attribution, document, citations } = claim;
  const authors = certainSpeakers(attribution);
  return {
    id,
    type: 'webpage',
    title: summary,
    ...(authors.length > 0 && { author: authors.map(({ name }) => ({ literal: name })) }),
    'container-title': document.title,
    ...(document.publisher && { publisher: document.publisher.name }),
    ...(document.series !== null && { 'collection-title': document.series }),
    ...(document.number !== null && { 'collection-number': document.number }),
    issued: issuedOf(document.publishedOn, words),
    'original-date': issuedOf(saidOn, words),
    ...cslAccess(access),
    note: `${speakerText(attribution, words)}. ${words.passages(passagesText(citations, words))} ${accessText(access, words)}`,
    custom: {
      passages: citations.map((citation) => citation.id),
      ...(access.revision && { revision: access.revision }),
      ...(access.digest && { digest: access.digest }),
    },
  } as const;
}

/**
 * A citation of a claim in JSON-LD (https://schema.org/Claim). `urlOf` returns the page of a record by its id, so that every `@id` can be
 * opened.
 */
export function claimJsonLd(
  claim: CitedClaim,
  access: Access,
  urlOf: (id: string) => string,
  words: CitationWords = ENGLISH_CITATIONS,
) {
  const { id, summary, saidOn, attribution, document, citations } = claim;
  const authors = certainSpeakers(attribution);
  const container = {
    '@type': 'Report',
    '@id': urlOf(document.id),
    identifier: document.id,
    name: document.title,
    ...(document.publisher && {
      publisher: {
        '@id': urlOf(document.publisher.id),
        identifier: document.publisher.id,
        name: document.publisher.name,
      },
    }),
    ...(document.number !== null && { reportNumber: document.number }),
    datePublished: document.publishedOn.edtf,
  };
  return {
    '@context': 'https://schema.org',
    '@type': 'Claim',
    '@id': urlOf(id),
    identifier: id,
    url: access.url,
    abstract: summary,
    ...(authors.length > 0 && {
      author: authors.map((author) => ({ '@id': urlOf(author.id), identifier: author.id, name: author.name })),
    }),
    creditText: speakerText(attribution, words),
    dateCreated: saidOn.edtf,
    appearance: citations.map((citation) => ({
      '@type': 'CreativeWork',
      '@id': urlOf(citation.id),
      identifier: citation.id,
      ...(citation.excerpt && { text: citation.excerpt }),
      isPartOf: container,
    })),
    ...(access.revision && { version: access.revision }),
    sdDatePublished: access.accessedOn,
  } as const;
}
