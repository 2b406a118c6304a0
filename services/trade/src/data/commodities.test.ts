import { forRequest, idsOf, insertRows, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { commodity } from '../tables.js';
import { commoditiesSource } from './commodities.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
insertRows(
  db,
  commodity,
  { id: 'commodity:wine', name: 'wine', statementId: 'statement:r/S1' },
  { id: 'commodity:carts', name: 'carts', statementId: 'statement:r/S1', hsCode: '8716' },
  { id: 'commodity:salt', name: 'salt', statementId: 'statement:r/S2' },
);
const commodities = () => forRequest(commoditiesSource(db));

describe('commodities', () => {
  it('are null for an unknown id', async () => {
    expect(await commodities().byId('commodity:carts')).toMatchObject({ name: 'carts', hsCode: '8716' });
    expect(await commodities().byId('commodity:none')).toBeNull();
  });

  it('of a statement are ordered by id', async () => {
    expect(idsOf(await commodities().ofStatement('statement:r/S1'))).toEqual(['commodity:carts', 'commodity:wine']);
    expect(await commodities().ofStatement('statement:r/S9')).toEqual([]);
  });
});
