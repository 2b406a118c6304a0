import { describe, expect, it } from 'vitest';
import { type CitedRecord, recordBibtex, recordCsl, recordJsonLd, recordText } from './record.js';

const ACCESS = { url: 'https://dossier.invalid/reader/x', accessedOn: '2031-05-09', revision: '4d1c', digest: '81ae' };
const aFigure: CitedRecord = {
  id: 'figure:gazette-1/F04',
  type: 'TradeFigure',
  title: 'Ruritania with Freedonia: turnover, over 12 million RUR',
  date: { edtf: '2030', basis: 'STATED' },
  statedAs: 'over 12 million',
  citations: [{ id: 'citation:gazette-1#char=10,25', paragraph: 2, excerpt: 'over 12 million' }],
  references: [],
};
const aListing: CitedRecord = {
  id: 'designation:act-1/rudolf',
  type: 'Designation',
  title: 'Rudolf {R}: listed under Act 1',
  date: { edtf: '2030-02~', basis: 'BACKGROUND' },
  citations: [],
  references: [{ title: 'Official Journal', locator: 'p. 3', url: 'https://journal.invalid/3' }],
};

describe('a citation of a record', () => {
  it('has as text what it states, its passages or sources, the address, the day, the revision and the digest', () => {
    expect(recordText(aFigure, ACCESS)).toBe(
      'Ruritania with Freedonia: turnover, over 12 million RUR (2030). Trade figure gazette-1/F04. Stated as “over 12 million”. Passages: gazette-1, ¶ 2, characters 10–25. https://dossier.invalid/reader/x Accessed 9 May 2031; revision 4d1c, record 81ae.',
    );
    expect(recordText(aListing, ACCESS)).toContain('Sources: Official Journal, p. 3, https://journal.invalid/3.');
  });

  it('has in BibTeX a date only if it is certain, and no text that ends a field', () => {
    expect(recordBibtex(aFigure, ACCESS)).toContain('  year = {2030},');
    const listing = recordBibtex(aListing, ACCESS);
    expect(listing).not.toContain('year = {2030}');
    expect(listing).toContain('title = {{Rudolf \\{R\\}: listed under Act 1}}');
    expect(listing).toContain('Date: about February 2030 (from outside the document).');
  });

  it('has in CSL-JSON and JSON-LD the ids of its passages, and addresses that open them', () => {
    expect(recordCsl(aFigure, ACCESS).custom).toEqual({
      passages: ['citation:gazette-1#char=10,25'],
      revision: '4d1c',
      digest: '81ae',
    });
    const linked = recordJsonLd(aFigure, ACCESS, (id) => `https://dossier.invalid/${id}`);
    expect(linked['@id']).toBe('https://dossier.invalid/figure:gazette-1/F04');
    expect(linked.citation[0]).toMatchObject({
      '@id': 'https://dossier.invalid/citation:gazette-1#char=10,25',
      text: 'over 12 million',
      isPartOf: { '@id': 'https://dossier.invalid/document:gazette-1' },
    });
  });
});
