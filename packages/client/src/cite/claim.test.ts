import { describe, expect, it } from 'vitest';
import type { Access } from './access.js';
import { type CitedClaim, claimBibtex, claimCsl, claimJsonLd, claimText } from './claim.js';

const access: Access = {
  url: 'https://dossier.invalid/reader/said?statement=statement:gazette-7/S1',
  accessedOn: '2031-05-04',
  revision: '4d1c',
  digest: '81ae',
};

const aClaim = (changes: Partial<CitedClaim> = {}): CitedClaim => ({
  id: 'statement:gazette-7/S1',
  summary: 'The king of Ruritania & 5% of his court will sail.',
  saidOn: { edtf: '2031-05-02', earliest: '2031-05-02', latest: '2031-05-02', basis: 'STATED', note: null },
  attribution: {
    status: 'EXPLICIT',
    speakers: [{ __typename: 'Person', id: 'person:halvek', name: 'Maren Halvek' }],
    speakerIds: [{ __typename: 'Person', id: 'person:halvek' }],
    imputedTo: null,
    imputedToId: null,
    imputedBy: null,
    imputedById: null,
  } as unknown as CitedClaim['attribution'],
  document: {
    id: 'document:gazette-7',
    title: 'Ferry Talks',
    publisher: { id: 'outlet:gazette', name: 'The Gazette' } as CitedClaim['document']['publisher'],
    publishedOn: { edtf: '2031-05-03', earliest: '2031-05-03', latest: '2031-05-03', basis: 'STATED', note: null },
    series: 'Dispatch',
    number: '7',
    sha256: 'ab'.repeat(32),
    availability: 'NOT_MOUNTED',
  },
  citations: [
    { id: 'citation:gazette-7#char=120,164', paragraph: 3 },
    { id: 'citation:gazette-7#char=300,310', paragraph: null, excerpt: 'so it is' },
  ],
  ...changes,
});

const withStatus = (status: string, changes: object = {}): CitedClaim =>
  aClaim({ attribution: { ...aClaim().attribution, status, ...changes } as CitedClaim['attribution'] });

describe('the citation of a claim', () => {
  it('has, as text, the speaker, all passages, the address, the day and the revision', () => {
    expect(claimText(aClaim(), access)).toBe(
      'Maren Halvek (2 May 2031): The king of Ruritania & 5% of his court will sail. Claim gazette-7/S1, summarised from Ferry Talks, ' +
        'The Gazette, Dispatch 7, 3 May 2031, ¶ 3, characters 120–164; characters 300–310. ' +
        `${access.url} Accessed 4 May 2031; revision 4d1c, record 81ae.`,
    );
  });

  it.each([
    ['INHERITED_UNCERTAIN', {}, 'Probably Maren Halvek'],
    ['MISSING', { speakers: [], speakerIds: [] }, 'Source not named'],
    [
      'IMPUTED',
      { speakers: [], speakerIds: [], imputedTo: { id: 'polity:ruritania', name: 'Ruritania' } },
      'Words put into the mouth of Ruritania',
    ],
  ])('names no author if the attribution is %s', (status, changes, credit) => {
    const claim = withStatus(status, changes);

    expect(claimText(claim, access)).toMatch(new RegExp(`^${credit} `));
    expect(claimBibtex(claim, access)).not.toContain('author =');
    expect(claimBibtex(claim, access)).toContain(credit);
    expect(claimCsl(claim, access)).not.toHaveProperty('author');
    expect(claimJsonLd(claim, access, (id) => id)).not.toHaveProperty('author');
  });

  it('keeps the id of a speaker whose name could not be fetched', () => {
    expect(claimText(withStatus('EXPLICIT', { speakers: [null] }), access)).toMatch(/^halvek \(/);
  });

  it('converts to a BibTeX entry that no character can break', () => {
    const entry = claimBibtex(aClaim(), access);

    expect(entry).toMatch(/^@misc\{gazette-7-S1,\n/);
    expect(entry).toContain('author = {{Maren Halvek}}');
    expect(entry).toContain('title = {{The king of Ruritania \\& 5\\% of his court will sail.}}');
    expect(entry).toContain(`url = {${access.url}}`);
    expect(entry).toContain('urldate = {2031-05-04}');
  });

  it('converts to a CSL-JSON item with all passages', () => {
    expect(claimCsl(aClaim(), access)).toMatchObject({
      author: [{ literal: 'Maren Halvek' }],
      'container-title': 'Ferry Talks',
      URL: access.url,
      accessed: { 'date-parts': [[2031, 5, 4]] },
      custom: {
        passages: ['citation:gazette-7#char=120,164', 'citation:gazette-7#char=300,310'],
        revision: '4d1c',
        digest: '81ae',
      },
    });
  });

  it('converts to JSON-LD with ids that can be opened', () => {
    const claim = claimJsonLd(aClaim(), access, (id) => `https://dossier.invalid/${encodeURIComponent(id)}`);

    const ids = JSON.stringify(claim).match(/"@id":"[^"]+"/g) ?? [];
    expect(new Set(ids.map((id) => id.slice(7, 30)))).toEqual(new Set(['https://dossier.invalid']));
    expect(ids.length).toBe(8);
    expect(claim.appearance.map(({ identifier }) => identifier)).toEqual([
      'citation:gazette-7#char=120,164',
      'citation:gazette-7#char=300,310',
    ]);
  });
});
