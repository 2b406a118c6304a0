import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { provision } from '../tables.js';
import { provisionsSource } from './provisions.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const ofAct = { instrumentId: 'instrument:act-1', regimeId: 'regime:toll' };
insertRows(
  db,
  provision,
  { id: 'provision:act-1/10', ...ofAct, position: 1, measure: 'OTHER', inForceFrom: '1890-01-01' },
  { id: 'provision:act-1/9', ...ofAct, position: 0, inForceFrom: '1890-01-01', inForceUntil: '1890-12-31' },
  { id: 'provision:act-2/1', instrumentId: 'instrument:act-2', regimeId: 'regime:salt', inForceFrom: '1891-01-01' },
);
const provisions = () => forRequest(provisionsSource(db));

describe('provisions', () => {
  it('are null for an unknown id', async () => {
    expect(await provisions().byId('provision:act-1/9')).toMatchObject({ inForceUntil: '1890-12-31' });
    expect(await provisions().byId('provision:none/1')).toBeNull();
  });

  it('of an instrument are in the order of its paragraphs, not of their ids', async () => {
    expect(idsOf(await provisions().ofInstrument('instrument:act-1'))).toEqual([
      'provision:act-1/9',
      'provision:act-1/10',
    ]);
  });

  it('are ordered by id in pages', async () => {
    expect(idsOf((await provisions().page(null, listRequest())).nodes)).toEqual([
      'provision:act-1/10',
      'provision:act-1/9',
      'provision:act-2/1',
    ]);
  });

  it.each([
    ['regime', { regime: 'regime:salt' }, ['act-2/1']],
    ['instrument', { instrument: 'instrument:act-1' }, ['act-1/10', 'act-1/9']],
    ['measure', { measure: ['OTHER'] }, ['act-1/10']],
    ['the first day in force', { inForceOn: '1891-01-01' }, ['act-1/10', 'act-2/1']],
    ['the last day in force', { inForceOn: '1890-12-31' }, ['act-1/10', 'act-1/9']],
    ['a day before any was in force', { inForceOn: '1889-12-31' }, []],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    const { nodes } = await provisions().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected.map((id) => `provision:${id}`));
  });
});
