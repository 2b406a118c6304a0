import { describe, expect, it } from 'vitest';
import { citationAnnotation } from './annotation.js';
import { citationBibtex } from './bibtex.js';
import { citationCsl } from './csl.js';
import { citationLink } from './link.js';
import type { PassageOfDocument } from './passage.js';

const aPassage = (document: Partial<PassageOfDocument['document']> = {}): PassageOfDocument => ({
  id: 'citation:gazette-7#char=120,164',
  paragraph: 3,
  excerpt: null,
  document: {
    id: 'document:gazette-7',
    title: 'Of Ruritania & 50% {of} it',
    publisher: { id: 'outlet:gazette', name: 'The Gazette' } as NonNullable<PassageOfDocument['document']['publisher']>,
    publishedOn: { edtf: '2022-08', earliest: '2022-08-01', latest: '2022-08-31', basis: 'STATED', note: null },
    series: 'Dispatch',
    number: '7',
    sha256: 'ab'.repeat(32),
    availability: 'NOT_MOUNTED',
    ...document,
  },
});

describe('a citation', () => {
  it('links into the plain text of the document, using nothing but its id', () => {
    expect(citationLink({ id: 'citation:gazette-7#char=120,164' }, 'https://gazette.invalid/7.txt#top')).toBe(
      'https://gazette.invalid/7.txt#char=120,164',
    );
  });

  it('throws for an id of another type', () => {
    expect(() => citationLink({ id: 'statement:gazette-7/S1' }, 'https://gazette.invalid/')).toThrow(
      'is not the id of a citation',
    );
  });

  it('converts to a W3C web annotation by position, with the exact words only if they are available', () => {
    const without = citationAnnotation(aPassage(), { about: 'statement:gazette-7/S1' });
    const mounted = citationAnnotation({ ...aPassage(), excerpt: 'so it is' });

    expect(without).toEqual({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      motivation: 'linking',
      body: 'statement:gazette-7/S1',
      target: { source: 'document:gazette-7', selector: [{ type: 'TextPositionSelector', start: 120, end: 164 }] },
    });
    expect(mounted.target.selector).toContainEqual({ type: 'TextQuoteSelector', exact: 'so it is' });
  });

  it('converts to a CSL-JSON item with the known parts of the date', () => {
    const { issued, title, note } = citationCsl(aPassage());

    expect(issued).toEqual({ 'date-parts': [[2022, 8]] });
    expect(title).toBe('Of Ruritania & 50% {of} it');
    expect(note).toContain('Code points 120 to 164, in paragraph 3');
  });

  it('writes an open date as text in CSL-JSON and in BibTeX', () => {
    const passage = aPassage({
      publishedOn: { edtf: '../2022-08-19', earliest: null, latest: '2022-08-19', basis: 'INFERRED', note: null },
    });

    expect(citationCsl(passage).issued).toEqual({ literal: 'not after 19 August 2022 (inferred)' });
    expect(citationBibtex(passage)).toContain('Published: not after 19 August 2022');
    expect(citationBibtex(passage)).not.toMatch(/^ {2}year/m);
  });

  it('converts to a BibTeX entry that no character in a title can break', () => {
    const entry = citationBibtex(aPassage());

    expect(entry).toMatch(/^@techreport\{gazette-7-120-164,\n/);
    expect(entry).toContain('title = {{Of Ruritania \\& 50\\% \\{of\\} it}}');
    expect(entry).toContain('month = {8}');
    expect(entry).not.toContain('day =');
  });

  it('has no author if the publisher is unknown', () => {
    expect(citationBibtex(aPassage({ publisher: null }))).toMatch(/^@misc/);
  });
});
