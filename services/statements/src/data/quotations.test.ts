import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { quotation, quotationStatement } from '../tables.js';
import { quotationsSource } from './quotations.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const [first, second] = [{ documentId: 'document:r-1' }, { documentId: 'document:r-2' }];
insertRows(
  db,
  quotation,
  { id: 'quotation:r/Q1', ...first, textKey: 'r-1 200', speakerId: 'person:rupert', kind: 'DIRECT' },
  { id: 'quotation:r/Q2', ...first, textKey: 'r-1 100', speakerId: 'person:osra', kind: 'DIRECT' },
  { id: 'quotation:r/Q3', ...second, textKey: 'r-2 050', speakerId: 'person:rupert', kind: 'PARTIAL' },
);
insertRows(
  db,
  quotationStatement,
  { statementId: 'statement:r/S1', quotationKey: 'r-1 200', quotationId: 'quotation:r/Q1', position: 1 },
  { statementId: 'statement:r/S2', quotationKey: 'r-1 200', quotationId: 'quotation:r/Q1', position: 0 },
  { statementId: 'statement:r/S1', quotationKey: 'r-1 100', quotationId: 'quotation:r/Q2', position: 0 },
);
const quotations = () => forRequest(quotationsSource(db));

describe('quotations', () => {
  it('are null for an unknown id', async () => {
    expect(await quotations().byId('quotation:r/Q3')).toMatchObject({ speakerId: 'person:rupert' });
    expect(await quotations().byId('quotation:r/Q9')).toBeNull();
  });

  it('are in order of the text in pages, and continue after a cursor', async () => {
    const start = await quotations().page(null, listRequest({ first: 1 }));
    const rest = await quotations().page(null, listRequest({ after: start.pageInfo.endCursor }));

    expect(idsOf(start.nodes)).toEqual(['quotation:r/Q2']);
    expect(idsOf(rest.nodes)).toEqual(['quotation:r/Q1', 'quotation:r/Q3']);
  });

  it.each([
    ['document', { document: 'document:r-2' }, ['Q3']],
    ['speaker', { speaker: 'person:rupert' }, ['Q1', 'Q3']],
    ['kind', { kind: ['DIRECT'] }, ['Q2', 'Q1']],
  ] as const)('are filtered by %s in pages', async (_, filter, expected) => {
    const { nodes } = await quotations().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected.map((number) => `quotation:r/${number}`));
  });

  it('of a document are those of the parent', async () => {
    const { nodes } = await quotations().pageOfDocument(null, listRequest({}, { parent: 'document:r-1' }));

    expect(idsOf(nodes)).toEqual(['quotation:r/Q2', 'quotation:r/Q1']);
  });

  it('of a statement are in order of the text', async () => {
    const found = await Promise.all(await quotations().ofStatement('statement:r/S1'));

    expect(idsOf(found)).toEqual(['quotation:r/Q2', 'quotation:r/Q1']);
  });

  it('list their statements in the order of the seeds', async () => {
    expect(await quotations().statementIdsOf('quotation:r/Q1')).toEqual(['statement:r/S2', 'statement:r/S1']);
  });
});
