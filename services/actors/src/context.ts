import type { Store } from '@dossier/store';
import { createLoaders } from '@dossier/subgraph';
import { actorsSource } from './data/actors.js';
import { eventsSource } from './data/events.js';
import { officesSource } from './data/offices.js';
import { placesSource } from './data/places.js';

/** What a request carries: the data sources, on loaders of its own. */
export function createContext({ db }: Store) {
  const actors = actorsSource(db);
  const events = eventsSource(db);
  const offices = officesSource(db);
  const places = placesSource(db);
  return () => {
    const loaders = createLoaders();
    return { actors: actors(loaders), events: events(loaders), offices: offices(loaders), places: places(loaders) };
  };
}

export type Context = ReturnType<ReturnType<typeof createContext>>;
