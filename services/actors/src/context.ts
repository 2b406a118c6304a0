import type { Store } from '@dossier/store';
import { contextFactory } from '@dossier/subgraph-server';
import { actorsSource } from './data/actors.js';
import { eventsSource } from './data/events.js';
import { officesSource } from './data/offices.js';
import { placesSource } from './data/places.js';

/** Returns a function that creates the context of a request: its data sources. */
export const createContext = ({ db }: Store) =>
  contextFactory({
    actors: actorsSource(db),
    events: eventsSource(db),
    offices: officesSource(db),
    places: placesSource(db),
  });

export type Context = ReturnType<ReturnType<typeof createContext>>;
