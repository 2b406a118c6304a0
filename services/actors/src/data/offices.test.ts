import { forRequest, idsOf, insertRows, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { kinship, office } from '../tables.js';
import { officesSource } from './offices.js';

const { db, queries } = memoryStore(new URL('../../migrations', import.meta.url));
insertRows(
  db,
  office,
  { id: 'office:2', holderId: 'person:rupert', organizationId: 'organization:toll-board' },
  { id: 'office:1', holderId: 'person:rupert', organizationId: null },
  { id: 'office:3', holderId: 'person:antoinette', organizationId: 'organization:toll-board' },
);
insertRows(
  db,
  kinship,
  { subjectId: 'person:rupert', personId: 'person:osra', relation: 'brother' },
  { subjectId: 'person:rupert', personId: 'person:antoinette', relation: 'cousin' },
  { subjectId: 'person:antoinette', personId: 'person:rupert', relation: 'cousin' },
);
const request = () => forRequest(officesSource(db));

describe('offices', () => {
  it('are null for an unknown id', async () => {
    expect(await request().byId('office:1')).toMatchObject({ holderId: 'person:rupert' });
    expect(await request().byId('office:none')).toBeNull();
  });

  it('are listed by holder, ordered by id', async () => {
    expect(idsOf(await request().ofHolder('person:rupert'))).toEqual(['office:1', 'office:2']);
    expect(await request().ofHolder('person:nobody')).toEqual([]);
  });

  it('are listed by organization, ordered by id', async () => {
    expect(idsOf(await request().ofOrganization('organization:toll-board'))).toEqual(['office:2', 'office:3']);
  });

  it('are read for many holders in one query', async () => {
    const offices = request();
    queries();

    await Promise.all(['person:a', 'person:b', 'person:c'].map(offices.ofHolder));

    expect(queries()).toHaveLength(1);
  });
});

describe('the kin of a person', () => {
  it('are ordered by id', async () => {
    const kin = await request().kinOf('person:rupert');

    expect(kin.map(({ personId, relation }) => [personId, relation])).toEqual([
      ['person:antoinette', 'cousin'],
      ['person:osra', 'brother'],
    ]);
  });
});
