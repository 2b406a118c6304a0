import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { place, placeWithin } from '../tables.js';
import { placesSource } from './places.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
insertRows(
  db,
  place,
  { id: 'place:ruritania' },
  { id: 'place:strelsau', withinId: 'place:ruritania' },
  { id: 'place:old-bridge', withinId: 'place:strelsau' },
);
insertRows(
  db,
  placeWithin,
  { aroundId: 'place:ruritania', placeId: 'place:strelsau' },
  { aroundId: 'place:ruritania', placeId: 'place:old-bridge' },
  { aroundId: 'place:strelsau', placeId: 'place:old-bridge' },
);
db.$client.prepare("insert into place_search (place_id, names) values ('place:old-bridge', 'old bridge')").run();
const places = () => forRequest(placesSource(db));

describe('places by id', () => {
  it('returns the row of a known id and null for an unknown one', async () => {
    expect(await places().byId('place:strelsau')).toMatchObject({ withinId: 'place:ruritania' });
    expect(await places().byId('place:none')).toBeNull();
  });
});

describe('pages of places', () => {
  it('are ordered by id', async () => {
    expect(idsOf((await places().page(null, listRequest())).nodes)).toEqual([
      'place:old-bridge',
      'place:ruritania',
      'place:strelsau',
    ]);
  });

  it('include what lies within a place at any depth', async () => {
    const filter = { within: 'place:ruritania' };

    const { nodes } = await places().page(filter, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(['place:old-bridge', 'place:strelsau']);
  });

  it('find a name by its words in any case', async () => {
    const filter = { search: 'BRIDGE old' };

    expect(idsOf((await places().page(filter, listRequest({}, { filter }))).nodes)).toEqual(['place:old-bridge']);
  });
});
