import { dateSpan } from '@dossier/domain';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { designation } from '../tables.js';
import { designationsSource } from './designations.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const rupert = { actorId: 'person:rupert', regimeId: 'regime:toll' };
insertRows(
  db,
  designation,
  { id: 'designation:a', ...rupert, listedOn: '1891-01-01' },
  { id: 'designation:c', ...rupert, listedOn: '1890-01-01', delistedOn: '1890-06-01' },
  { id: 'designation:b', ...rupert, listedOn: '1890-01-01', delistedOn: '1892-01-01', regimeId: 'regime:salt' },
  { id: 'designation:d', actorId: 'person:osra', regimeId: 'regime:toll', listedOn: '1890-01-01' },
);
const designations = () => forRequest(designationsSource(db));

describe('a designation whose dates are not known to the day', () => {
  const span = (edtf: string) => dateSpan({ edtf, basis: 'BACKGROUND', note: null });

  it('is in force on every day on which it may have been', async () => {
    const { db: vague } = memoryStore(new URL('../../migrations', import.meta.url));
    insertRows(
      vague,
      designation,
      { id: 'designation:month', ...rupert, listed: span('1890-03'), listedOn: '1890-03-01' },
      {
        id: 'designation:open',
        ...rupert,
        listed: span('../..'),
        listedOn: '0001-01-01',
        delisted: span('1890-05'),
        delistedOn: '1890-05-31',
      },
    );
    const listedOn = async (day: string) =>
      idsOf(await forRequest(designationsSource(vague)).ofActor('person:rupert', day));

    expect(await listedOn('1890-02-28')).toEqual(['designation:open']);
    expect(await listedOn('1890-03-01')).toEqual(['designation:open', 'designation:month']);
    expect(await listedOn('1890-05-31')).toEqual(['designation:month']);
  });
});

describe('designations', () => {
  it('are null for an unknown id', async () => {
    expect(await designations().byId('designation:a')).toMatchObject({ listedOn: '1891-01-01' });
    expect(await designations().byId('designation:z')).toBeNull();
  });

  it('of an actor are ordered by the day of listing, then id', async () => {
    expect(idsOf(await designations().ofActor('person:rupert', null))).toEqual([
      'designation:b',
      'designation:c',
      'designation:a',
    ]);
  });

  it.each([
    ['on the first day', '1890-01-01', ['designation:b', 'designation:c']],
    ['on the day before a delisting', '1890-05-31', ['designation:b', 'designation:c']],
    ['not on the day of the delisting', '1890-06-01', ['designation:b']],
  ])('of an actor contain %s', async (_, day, expected) => {
    expect(idsOf(await designations().ofActor('person:rupert', day))).toEqual(expected);
  });

  it.each([
    ['nothing', null, ['a', 'b', 'c', 'd']],
    ['actor', { actor: 'person:osra' }, ['d']],
    ['regime', { regime: 'regime:salt' }, ['b']],
    ['a day of being listed', { asOf: '1891-01-01' }, ['a', 'b', 'd']],
    ['actor and day', { actor: 'person:rupert', asOf: '1890-02-01' }, ['b', 'c']],
  ] as const)('are ordered by id and filtered by %s in pages', async (_, filter, expected) => {
    const { nodes } = await designations().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected.map((letter) => `designation:${letter}`));
  });
});
