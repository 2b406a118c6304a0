import { dateSpan, spanLength, timeKey } from '@dossier/domain';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { event, eventParticipant, recognition } from '../tables.js';
import { eventsSource } from './events.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));

/** An event on a date in EDTF, with its participants. */
function addEvent(id: string, edtf: string, values: Partial<typeof event.$inferInsert>, ...participants: string[]) {
  const date = dateSpan({ edtf, basis: 'STATED', note: null });
  const key = timeKey(date, id);
  const { earliest, latest } = date;
  insertRows(db, event, { id, date, timeKey: key, earliest, latest, spanLength: spanLength(date), ...values });
  insertRows(db, eventParticipant, ...participants.map((actorId) => ({ actorId, eventId: id, timeKey: key })));
}

addEvent('event:vote', '1901-05-03', { kind: 'VOTE', status: 'OCCURRED' }, 'person:rupert');
addEvent('event:bridge', '1901-04-29', { kind: 'OTHER', status: 'OCCURRED', placeId: 'place:strelsau' }, 'person:osra');
addEvent('event:ball', '1901-05-03', { kind: 'OTHER', status: 'PLANNED', placeId: 'place:strelsau' }, 'person:rupert');
addEvent('event:legend', '../1901-01-01', { kind: 'OTHER', status: 'OCCURRED' });
addEvent('event:rumour', '../..', { kind: 'OTHER', status: 'ALLEGED' });
insertRows(
  db,
  recognition,
  { polityId: 'polity:graustark', position: 1, byId: 'polity:b', eventId: 'event:vote' },
  { polityId: 'polity:graustark', position: 0, byId: 'polity:a', eventId: 'event:vote' },
);
const events = () => forRequest(eventsSource(db));

describe('events by id', () => {
  it('returns the row of a known id and null for an unknown one', async () => {
    expect(await events().byId('event:vote')).toMatchObject({ kind: 'VOTE' });
    expect(await events().byId('event:none')).toBeNull();
  });
});

describe('pages of events', () => {
  it('are ordered by date, then id, with unknown dates last', async () => {
    expect(idsOf((await events().page(null, listRequest())).nodes)).toEqual([
      'event:legend',
      'event:bridge',
      'event:ball',
      'event:vote',
      'event:rumour',
    ]);
  });

  it('continue after a cursor of an equal date', async () => {
    const first = await events().page(null, listRequest({ first: 3 }));
    const second = await events().page(null, listRequest({ first: 3, after: first.pageInfo.endCursor }));

    expect(idsOf(first.nodes).at(-1)).toBe('event:ball');
    expect(idsOf(second.nodes)).toEqual(['event:vote', 'event:rumour']);
  });

  it.each([
    ['kind', { kind: ['VOTE'] }, ['event:vote']],
    ['status', { status: ['PLANNED', 'ALLEGED'] }, ['event:ball', 'event:rumour']],
    ['place', { place: 'place:strelsau' }, ['event:bridge', 'event:ball']],
    ['participant', { participant: 'person:rupert' }, ['event:ball', 'event:vote']],
    ['days that their dates may lie in', { from: '1901-05-01' }, ['event:ball', 'event:vote', 'event:rumour']],
    ['days that contain their dates', { from: '1901-05-01', match: 'WITHIN' }, ['event:ball', 'event:vote']],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    const { nodes } = await events().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected);
  });

  it('of an actor contain the events that it took part in', async () => {
    const { nodes } = await events().pageOfActor(null, listRequest({}, { parent: 'person:osra' }));

    expect(idsOf(nodes)).toEqual(['event:bridge']);
  });

  it('of a place contain the events there, filtered', async () => {
    const filter = { status: ['PLANNED' as const] };

    const { nodes } = await events().pageOfPlace(filter, listRequest({}, { parent: 'place:strelsau', filter }));

    expect(idsOf(nodes)).toEqual(['event:ball']);
  });
});

describe('the recognitions of a polity', () => {
  it('are in the order of the seeds', async () => {
    expect((await events().recognitionsOf('polity:graustark')).map(({ byId }) => byId)).toEqual([
      'polity:a',
      'polity:b',
    ]);
  });
});
