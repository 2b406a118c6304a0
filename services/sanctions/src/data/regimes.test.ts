import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { regime, regimeTarget } from '../tables.js';
import { regimesSource } from './regimes.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
insertRows(db, regime, { id: 'regime:toll', name: 'Toll' }, { id: 'regime:salt', name: 'Salt' }, { id: 'regime:wine' });
insertRows(
  db,
  regimeTarget,
  { actorId: 'polity:graustark', regimeId: 'regime:wine' },
  { actorId: 'polity:graustark', regimeId: 'regime:salt' },
);
const regimes = () => forRequest(regimesSource(db));

describe('regimes', () => {
  it('are null for an unknown id', async () => {
    expect(await regimes().byId('regime:toll')).toMatchObject({ name: 'Toll' });
    expect(await regimes().byId('regime:none')).toBeNull();
  });

  it('are ordered by id in pages from either end', async () => {
    expect(idsOf((await regimes().page(listRequest({ first: 2 }))).nodes)).toEqual(['regime:salt', 'regime:toll']);
    expect(idsOf((await regimes().page(listRequest({ last: 2 }))).nodes)).toEqual(['regime:toll', 'regime:wine']);
  });

  it('that target an actor are ordered by id', async () => {
    const found = await Promise.all(await regimes().targeting('polity:graustark'));

    expect(idsOf(found)).toEqual(['regime:salt', 'regime:wine']);
    expect(await regimes().targeting('polity:none')).toEqual([]);
  });
});
