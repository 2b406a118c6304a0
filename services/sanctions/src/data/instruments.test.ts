import { dateSpan, timeKey } from '@dossier/domain';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { instrument, instrumentEvent } from '../tables.js';
import { instrumentsSource } from './instruments.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));

function addInstrument(id: string, edtf: string, regimeId: string, ...events: string[]) {
  const adoptedOn = dateSpan({ edtf, basis: 'BACKGROUND', note: null });
  const adoptedKey = timeKey(adoptedOn, id);
  insertRows(db, instrument, { id, symbol: id.toUpperCase(), regimeId, adoptedOn, adoptedKey });
  insertRows(db, instrumentEvent, ...events.map((eventId) => ({ eventId, adoptedKey, instrumentId: id })));
}

addInstrument('instrument:act-3', '1890', 'regime:toll', 'event:vote');
addInstrument('instrument:act-1', '1891-05-03', 'regime:toll', 'event:vote');
addInstrument('instrument:act-2', '1891-05-03', 'regime:salt');
const instruments = () => forRequest(instrumentsSource(db));

describe('instruments', () => {
  it('are null for an unknown id or symbol', async () => {
    expect(await instruments().byId('instrument:act-1')).toMatchObject({ regimeId: 'regime:toll' });
    expect(await instruments().byId('instrument:none')).toBeNull();
    expect(await instruments().bySymbol('INSTRUMENT:ACT-2')).toMatchObject({ id: 'instrument:act-2' });
    expect(await instruments().bySymbol('instrument:act-2')).toBeNull();
  });

  it('are ordered by adoption, then id, and continue after a cursor of an equal date', async () => {
    const first = await instruments().page(null, listRequest({ first: 2 }));
    const second = await instruments().page(null, listRequest({ first: 2, after: first.pageInfo.endCursor }));

    expect(idsOf(first.nodes)).toEqual(['instrument:act-3', 'instrument:act-1']);
    expect(idsOf(second.nodes)).toEqual(['instrument:act-2']);
  });

  it('are filtered by regime in pages', async () => {
    const request = listRequest({}, { filter: { regime: 'regime:salt' } });

    expect(idsOf((await instruments().page('regime:salt', request)).nodes)).toEqual(['instrument:act-2']);
  });

  it('of a regime are ordered by adoption', async () => {
    expect(idsOf(await instruments().ofRegime('regime:toll'))).toEqual(['instrument:act-3', 'instrument:act-1']);
  });

  it('of an event are ordered by adoption', async () => {
    const found = await Promise.all(await instruments().ofEvent('event:vote'));

    expect(idsOf(found)).toEqual(['instrument:act-3', 'instrument:act-1']);
  });
});
