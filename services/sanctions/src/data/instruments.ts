import { eq, type KeysetList } from '@dossier/pagination';
import { type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise } from '@dossier/subgraph-server';
import { instrument, instrumentEvent } from '../tables.js';

/** Instruments: by id, by symbol, in pages, of a regime, and of an event. */
export function instrumentsSource(db: ReadDb) {
  const readById = rowsById(db, instrument, instrument.id);
  const readBySymbol = rowsById(db, instrument, instrument.symbol);
  const readOfRegime = rowsOfParents(db, instrument, instrument.regimeId, instrument.adoptedKey);
  const readOfEvent = rowsOfParents(db, instrumentEvent, instrumentEvent.eventId, instrumentEvent.adoptedKey);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('instrument', readById).load(id);
    return {
      byId,
      bySymbol: (symbol: string) => loaders('instrumentBySymbol', readBySymbol).load(symbol),
      page: (regime: string | null | undefined, request: ListRequest) =>
        loadConnection(db, loaders, instrumentList(regime), request),
      ofRegime: (regime: string) => loaders('instrumentsOfRegime', readOfRegime).load(regime),
      ofEvent: (event: string) =>
        mapMaybePromise(loaders('instrumentsOfEvent', readOfEvent).load(event), (rows) =>
          rows.map(({ instrumentId }) => byId(instrumentId)),
        ),
    };
  };
}

const instrumentList = (regime: string | null | undefined): KeysetList<typeof instrument> => ({
  table: instrument,
  id: instrument.id,
  key: instrument.adoptedKey,
  by: [eq(instrument.regimeId, regime)],
});
