import { dateSpan, spanLength, timeKey } from '@dossier/domain';
import { indexedText } from '@dossier/pagination';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import type { StatementRole } from '../generated/schema.js';
import { eventStatement, statement, statementPartySaid, statementPartyText, statementTopic } from '../tables.js';
import { statementsSource } from './statements.js';

const { db, queries } = memoryStore(new URL('../../migrations', import.meta.url));

interface Added extends Partial<typeof statement.$inferInsert> {
  parties?: Partial<Record<StatementRole, string>>;
}

/** A statement at a place in the text, said on a date in EDTF. */
function addStatement(id: string, position: string, edtf: string, { parties = {}, topics = [], ...values }: Added) {
  const saidOn = dateSpan({ edtf, basis: 'STATED', note: null });
  const { earliest, latest } = saidOn;
  const keys = { textKey: `document:r-1 ${position} ${id}`, saidKey: timeKey(saidOn, id) };
  const days = { earliest, latest, spanLength: spanLength(saidOn) };
  insertRows(db, statement, { id, documentId: 'document:r-1', saidOn, ...days, topics, ...keys, ...values });
  for (const [role, actorId] of Object.entries(parties)) {
    insertRows(db, statementPartyText, { actorId, role, textKey: keys.textKey });
    insertRows(db, statementPartySaid, { actorId, role, saidKey: keys.saidKey });
  }
  for (const topic of topics) insertRows(db, statementTopic, { topic, statementId: id, ...keys });
  const row = db.$client.prepare('select rowid from statement where id = ?').pluck().get(id);
  db.$client
    .prepare('insert into statement_search (rowid, summary) values (?, ?)')
    .run(row, indexedText(values.summary ?? ''));
}

addStatement('statement:r/S3', '100', '1901-05-03', {
  summary: 'The toll is low.',
  kind: 'FACT_REPORT',
  parties: { SPEAKER: 'person:rupert', ADDRESSEE: 'person:osra' },
  topics: ['toll', 'bridge'],
});
addStatement('statement:r/S1', '200', '1901-05-03', {
  summary: 'The bridge is open.',
  modality: 'WISHED',
  parties: { SPEAKER: 'person:osra', CARRIER: 'person:rupert', SUBJECT: 'polity:graustark' },
  topics: ['bridge'],
});
addStatement('statement:r/S2', '300', '../1901-01-01', {
  summary: 'A bridge beside the old bridge is open.',
  status: 'MISSING',
  documentId: 'document:r-2',
  parties: { SPEAKER: 'person:rupert' },
});
insertRows(
  db,
  eventStatement,
  { eventId: 'event:vote', position: 1, statementId: 'statement:r/S1' },
  { eventId: 'event:vote', position: 0, statementId: 'statement:r/S3' },
  { eventId: 'event:ball', position: 0, statementId: 'statement:r/S1' },
);
const statements = () => forRequest(statementsSource(db));
const numbersOf = (rows: { id: string }[]) => idsOf(rows).map((id) => id?.replace('statement:r/', ''));

describe('statements by id', () => {
  it('returns the row of a known id and null for an unknown one', async () => {
    expect(await statements().byId('statement:r/S2')).toMatchObject({ status: 'MISSING' });
    expect(await statements().byId('statement:r/S9')).toBeNull();
  });

  it('reads any number of ids in one query', async () => {
    const { byIds } = statements();
    queries();

    await Promise.all(byIds(['statement:x/1', 'statement:x/2', 'statement:x/3']));

    expect(queries()).toHaveLength(1);
  });
});

describe('pages of statements', () => {
  it('are in order of the text', async () => {
    const { nodes, rankingIsBounded } = await statements().page(null, 'TEXT', listRequest());

    expect(numbersOf(nodes)).toEqual(['S3', 'S1', 'S2']);
    expect(rankingIsBounded).toBeNull();
  });

  it('are ordered by date, then id, on request', async () => {
    expect(numbersOf((await statements().page(null, 'SAID_ON', listRequest())).nodes)).toEqual(['S2', 'S1', 'S3']);
  });

  it('continue after a cursor of an equal date', async () => {
    const first = await statements().page(null, 'SAID_ON', listRequest({ first: 2 }));
    const second = await statements().page(null, 'SAID_ON', listRequest({ after: first.pageInfo.endCursor }));

    expect(numbersOf(first.nodes)).toEqual(['S2', 'S1']);
    expect(numbersOf(second.nodes)).toEqual(['S3']);
  });

  it('reject the cursor of another order', async () => {
    const { pageInfo } = await statements().page(null, 'TEXT', listRequest({ first: 1 }));

    await expect(statements().page(null, 'SAID_ON', listRequest({ after: pageInfo.endCursor }))).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
    });
  });

  it.each([
    ['speaker', { speaker: 'person:rupert' }, ['S3', 'S2']],
    ['carrier', { carrier: 'person:rupert' }, ['S1']],
    ['addressee', { addressee: 'person:osra' }, ['S3']],
    ['subject', { subject: 'polity:graustark' }, ['S1']],
    ['candidate', { candidate: 'person:rupert' }, []],
    ['any of some topics, each statement once', { topic: ['bridge', 'toll'] }, ['S3', 'S1']],
    ['attribution', { attribution: ['MISSING'] }, ['S2']],
    ['modality', { modality: ['WISHED'] }, ['S1']],
    ['kind', { kind: ['FACT_REPORT'] }, ['S3']],
    ['document', { document: 'document:r-2' }, ['S2']],
    ['days', { from: '1901-05-01' }, ['S3', 'S1']],
    ['words of the summary', { search: 'bridge open' }, ['S1', 'S2']],
    ['words and speaker', { search: 'bridge', speaker: 'person:rupert' }, ['S2']],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    const request = listRequest({}, { filter });

    const { nodes, totalCount } = await statements().page(structuredClone(filter) as object, 'TEXT', request);

    expect(numbersOf(nodes)).toEqual(expected);
    expect(await totalCount).toBe(expected.length);
  });

  it('are ordered by relevance with a search, and not without', async () => {
    const filter = { search: 'bridge' };

    const { nodes, rankingIsBounded } = await statements().page(filter, 'RELEVANCE', listRequest({}, { filter }));

    expect(numbersOf(nodes)).toEqual(['S2', 'S1']);
    expect(rankingIsBounded).toBe(false);
    await expect(statements().page(null, 'RELEVANCE', listRequest())).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'orderBy' },
    });
  });

  it('of an actor contain those in any of the given roles, each once', async () => {
    const request = listRequest({}, { parent: 'person:rupert' });

    expect(numbersOf((await statements().pageOfActor(['CARRIER'], null, 'TEXT', request)).nodes)).toEqual(['S1']);
    expect(numbersOf((await statements().pageOfActor(['SPEAKER', 'CARRIER'], null, 'SAID_ON', request)).nodes)).toEqual(
      ['S2', 'S1', 'S3'],
    );
  });

  it('of a document are those of the parent', async () => {
    const request = listRequest({}, { parent: 'document:r-1' });

    expect(numbersOf((await statements().pageOfDocument(null, 'TEXT', request)).nodes)).toEqual(['S3', 'S1']);
  });
});

describe('events and statements', () => {
  it('list the statements of an event in the order of the seeds', async () => {
    const found = await Promise.all(await statements().ofEvent('event:vote'));

    expect(idsOf(found)).toEqual(['statement:r/S3', 'statement:r/S1']);
  });

  it('list the events of a statement ordered by id', async () => {
    expect(await statements().eventIdsOf('statement:r/S1')).toEqual(['event:ball', 'event:vote']);
  });
});

describe('topics', () => {
  it('are counted, the most frequent first', async () => {
    expect(await statements().topics(null)).toEqual([
      { topic: 'bridge', statementCount: 2 },
      { topic: 'toll', statementCount: 1 },
    ]);
    expect(await statements().topics('document:r-2')).toEqual([]);
  });
});
