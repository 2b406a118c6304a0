import { forRequest, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { mention } from '../tables.js';
import { mentionsSource } from './mentions.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const [first, second] = [
  { documentId: 'document:r-1', paragraphId: 'paragraph:r-1/1' },
  { documentId: 'document:r-2', paragraphId: 'paragraph:r-2/1' },
];
insertRows(
  db,
  mention,
  { key: 'r-2 010', ...second, partyId: 'person:rupert', form: 'NAME' },
  { key: 'r-1 030', ...first, partyId: 'person:rupert', form: 'IMPLIED' },
  { key: 'r-1 020', ...first, partyId: 'person:rupert', form: 'NAME' },
  { key: 'r-1 010', ...first, partyId: 'place:strelsau', form: 'NAME' },
);
const mentions = () => forRequest(mentionsSource(db));
const keysOf = (rows: { key: string }[]) => rows.map(({ key }) => key);

describe('mentions', () => {
  it('of an actor or a place are in order of the text, and continue after a cursor', async () => {
    const parent = 'person:rupert';
    const start = await mentions().pageOf({}, listRequest({ first: 1 }, { parent }));
    const rest = await mentions().pageOf({}, listRequest({ after: start.pageInfo.endCursor }, { parent }));

    expect(keysOf(start.nodes)).toEqual(['r-1 020']);
    expect(keysOf(rest.nodes)).toEqual(['r-1 030', 'r-2 010']);
    expect((await mentions().pageOf({}, listRequest({}, { parent: 'person:nobody' }))).nodes).toEqual([]);
  });

  it.each([
    ['document', { document: 'document:r-2' }, ['r-2 010']],
    ['form', { form: ['IMPLIED'] }, ['r-1 030']],
    ['document and form', { document: 'document:r-2', form: ['IMPLIED'] }, []],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    const request = listRequest({}, { parent: 'person:rupert', filter });

    expect(keysOf((await mentions().pageOf(structuredClone(filter) as object, request)).nodes)).toEqual(expected);
  });

  it('of a paragraph are in order of the text, of all actors and places', async () => {
    expect(keysOf(await mentions().ofParagraph('paragraph:r-1/1'))).toEqual(['r-1 010', 'r-1 020', 'r-1 030']);
  });
});
