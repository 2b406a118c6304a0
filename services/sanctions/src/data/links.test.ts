import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { provisionLink } from '../tables.js';
import { linksSource } from './links.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const [toll, salt] = [{ regimeId: 'regime:toll' }, { regimeId: 'regime:salt' }];
insertRows(
  db,
  provisionLink,
  { id: 'link:r/L2', ...toll, statementId: 'statement:r/S1', relation: 'PERMITTED', provisionId: 'provision:act-1/9' },
  { id: 'link:r/L1', ...toll, statementId: 'statement:r/S1', relation: 'PROHIBITED', confidence: 'LOW' },
  { id: 'link:r/L3', ...salt, statementId: 'statement:r/S2', relation: 'PERMITTED', confidence: 'HIGH' },
);
const links = () => forRequest(linksSource(db));

describe('links', () => {
  it('are null for an unknown id', async () => {
    expect(await links().byId('link:r/L1')).toMatchObject({ relation: 'PROHIBITED' });
    expect(await links().byId('link:r/L9')).toBeNull();
  });

  it('of a statement are ordered by id, all or those of some relations', async () => {
    expect(idsOf(await links().ofStatement('statement:r/S1', null))).toEqual(['link:r/L1', 'link:r/L2']);
    expect(idsOf(await links().ofStatement('statement:r/S1', ['PERMITTED']))).toEqual(['link:r/L2']);
  });

  it('reject an empty list of relations', () => {
    expect(() => links().ofStatement('statement:r/S1', [])).toThrow(/"relation" is an empty list/);
  });

  it.each([
    ['nothing', null, ['L1', 'L2', 'L3']],
    ['regime', { regime: 'regime:salt' }, ['L3']],
    ['relation', { relation: ['PERMITTED'] }, ['L2', 'L3']],
    ['confidence', { confidence: ['LOW', 'HIGH'] }, ['L1', 'L3']],
    ['having a provision', { hasProvision: true }, ['L2']],
    ['having none', { hasProvision: false }, ['L1', 'L3']],
  ] as const)('are ordered by id and filtered by %s in pages', async (_, filter, expected) => {
    const { nodes } = await links().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected.map((number) => `link:r/${number}`));
  });

  it('of a regime or a provision are those of the parent', async () => {
    const ofToll = await links().pageOfRegime(null, listRequest({}, { parent: 'regime:toll' }));
    const ofProvision = await links().pageOfProvision(null, listRequest({}, { parent: 'provision:act-1/9' }));

    expect(idsOf(ofToll.nodes)).toEqual(['link:r/L1', 'link:r/L2']);
    expect(idsOf(ofProvision.nodes)).toEqual(['link:r/L2']);
  });
});
