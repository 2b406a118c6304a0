import { indexedText } from '@dossier/pagination';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { actor, actorAffiliation, actorIdentifier } from '../tables.js';
import { actorsSource } from './actors.js';

const { db, queries } = memoryStore(new URL('../../migrations', import.meta.url));
insertRows(
  db,
  actor,
  { id: 'polity:ruritania', kind: 'POLITY', basis: 'BACKGROUND' },
  { id: 'person:rupert', kind: 'PERSON', basis: 'DOCUMENT' },
  { id: 'person:antoinette', kind: 'PERSON', basis: 'DOCUMENT' },
  { id: 'outlet:post', kind: 'MEDIA_OUTLET', basis: 'DOCUMENT' },
);
insertRows(
  db,
  actorAffiliation,
  { toId: 'polity:ruritania', actorId: 'person:rupert' },
  { toId: 'polity:ruritania', actorId: 'outlet:post' },
);
insertRows(db, actorIdentifier, { scheme: 'register', value: '1', actorId: 'person:rupert' });
for (const [id, names] of [
  ['person:rupert', 'Rupert\nCount of Hentzau'],
  ['person:antoinette', 'Antoinette'],
] as const)
  db.$client.prepare('insert into actor_search (actor_id, names) values (?, ?)').run(id, indexedText(names));

const actors = () => forRequest(actorsSource(db));

describe('actors by id', () => {
  it('returns the row of a known id and null for an unknown one', async () => {
    expect(await actors().byId('person:rupert')).toMatchObject({ id: 'person:rupert', kind: 'PERSON' });
    expect(await actors().byId('person:nobody')).toBeNull();
  });

  it('reads any number of ids in one query', async () => {
    const { byId } = actors();
    queries();

    await Promise.all(['outlet:post', 'person:nobody', 'polity:ruritania'].map(byId));

    expect(queries()).toHaveLength(1);
  });
});

describe('an actor by identifier', () => {
  it('is found by scheme and value together', async () => {
    expect(await actors().byIdentifier('register', '1')).toMatchObject({ id: 'person:rupert' });
    expect(await actors().byIdentifier('register', '2')).toBeNull();
    expect(await actors().byIdentifier('other', '1')).toBeNull();
  });
});

describe('pages of actors', () => {
  it('are ordered by id and continue after a cursor', async () => {
    const first = await actors().page(null, listRequest({ first: 3 }));
    const second = await actors().page(null, listRequest({ first: 3, after: first.pageInfo.endCursor }));

    expect(idsOf(first.nodes)).toEqual(['outlet:post', 'person:antoinette', 'person:rupert']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(idsOf(second.nodes)).toEqual(['polity:ruritania']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    ['kind', { kind: ['PERSON'] }, ['person:antoinette', 'person:rupert']],
    ['basis', { basis: ['BACKGROUND'] }, ['polity:ruritania']],
    ['affiliation', { affiliatedTo: 'polity:ruritania' }, ['outlet:post', 'person:rupert']],
    ['affiliation and kind', { affiliatedTo: 'polity:ruritania', kind: ['PERSON'] }, ['person:rupert']],
    ['a word of a name or an alias', { search: 'hentzau' }, ['person:rupert']],
    ['an affiliation to nothing', { affiliatedTo: 'polity:none' }, []],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    const { nodes, totalCount } = await actors().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected);
    expect(await totalCount).toBe(expected.length);
  });

  it('are empty for a search without a word', async () => {
    expect((await actors().page({ search: ' -- ' }, listRequest())).nodes).toEqual([]);
  });

  it('reject an empty list of kinds', () => {
    expect(() => actors().page({ kind: [] }, listRequest())).toThrow(
      expect.objectContaining({
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', argument: 'filter.kind' }),
      }),
    );
  });
});
