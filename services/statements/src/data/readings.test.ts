import { forRequest, idsOf, insertRows, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import {
  caution,
  statedNumber,
  statementRelation,
  tension,
  tensionDocument,
  tensionStatement,
  work,
} from '../tables.js';
import { readingsSource } from './readings.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const ofDocument = { documentId: 'document:r-1' };
insertRows(
  db,
  caution,
  { id: 'caution:r/X2', ...ofDocument, kind: 'NAMING' },
  { id: 'caution:r/X1', ...ofDocument, kind: 'TRANSLATION' },
);
insertRows(db, tension, { id: 'tension:r/T2', kind: 'CONTRADICTION' }, { id: 'tension:r/T1', kind: 'AMBIGUITY' });
insertRows(
  db,
  tensionDocument,
  { documentId: 'document:r-1', tensionId: 'tension:r/T2' },
  { documentId: 'document:r-1', tensionId: 'tension:r/T1' },
  { documentId: 'document:r-2', tensionId: 'tension:r/T2' },
);
insertRows(
  db,
  tensionStatement,
  { statementId: 'statement:r/S1', tensionId: 'tension:r/T2', position: 1 },
  { statementId: 'statement:r/S2', tensionId: 'tension:r/T2', position: 0 },
  { statementId: 'statement:r/S1', tensionId: 'tension:r/T1', position: 0 },
);
insertRows(
  db,
  statedNumber,
  { id: 'number:r/N1', ...ofDocument, textKey: 'r-1 200', statementId: 'statement:r/S1' },
  { id: 'number:r/N2', ...ofDocument, textKey: 'r-1 100', statementId: null },
  { id: 'number:r/N3', ...ofDocument, textKey: 'r-1 150', statementId: 'statement:r/S1' },
);
insertRows(
  db,
  statementRelation,
  { statementId: 'statement:r/S1', id: 'relation:r/R1', otherId: 'statement:r/S3', type: 'CONTRADICTS' },
  { statementId: 'statement:r/S1', id: 'relation:r/R2', otherId: 'statement:r/S2', type: 'ELABORATES' },
);
insertRows(db, work, { id: 'work:r/W2', ...ofDocument }, { id: 'work:r/W1', ...ofDocument, makerId: 'outlet:post' });
const readings = () => forRequest(readingsSource(db));

describe('readings', () => {
  it('are null for an unknown id', async () => {
    expect(await readings().caution('caution:r/X9')).toBeNull();
    expect(await readings().tension('tension:r/T9')).toBeNull();
    expect(await readings().work('work:r/W9')).toBeNull();
    expect(await readings().work('work:r/W1')).toMatchObject({ makerId: 'outlet:post' });
  });

  it('of a document are ordered by id', async () => {
    expect(idsOf(await readings().cautionsOf('document:r-1', null))).toEqual(['caution:r/X1', 'caution:r/X2']);
    expect(idsOf(await readings().tensionsOf('document:r-1', null))).toEqual(['tension:r/T1', 'tension:r/T2']);
    expect(idsOf(await readings().worksOf('document:r-1'))).toEqual(['work:r/W1', 'work:r/W2']);
    expect(await readings().worksOf('document:none')).toEqual([]);
  });

  it('of a document are filtered by kind', async () => {
    expect(idsOf(await readings().cautionsOf('document:r-1', ['NAMING']))).toEqual(['caution:r/X2']);
    expect(idsOf(await readings().tensionsOf('document:r-1', ['CONTRADICTION']))).toEqual(['tension:r/T2']);
    await expect(async () => readings().cautionsOf('document:r-1', [])).rejects.toThrow(/"kind" is an empty list/);
  });
});

describe('numbers', () => {
  it('of a document and of a statement are in order of the text', async () => {
    expect(idsOf(await readings().numbersOf('document:r-1'))).toEqual(['number:r/N2', 'number:r/N3', 'number:r/N1']);
    expect(idsOf(await readings().numbersOfStatement('statement:r/S1'))).toEqual(['number:r/N3', 'number:r/N1']);
  });
});

describe('relations', () => {
  it('of a statement are ordered by the other statement and filtered by type', async () => {
    expect(idsOf(await readings().relationsOf('statement:r/S1', null))).toEqual(['relation:r/R2', 'relation:r/R1']);
    expect(idsOf(await readings().relationsOf('statement:r/S1', ['CONTRADICTS']))).toEqual(['relation:r/R1']);
    expect(() => readings().relationsOf('statement:r/S1', [])).toThrow(/"type" is an empty list/);
  });
});

describe('tensions', () => {
  it('of a statement are ordered by id', async () => {
    const found = await Promise.all(await readings().tensionsOfStatement('statement:r/S1'));

    expect(idsOf(found)).toEqual(['tension:r/T1', 'tension:r/T2']);
  });

  it('list their statements in the order of the seeds', async () => {
    expect(await readings().statementIdsOfTension('tension:r/T2')).toEqual(['statement:r/S2', 'statement:r/S1']);
  });
});

describe('a tension', () => {
  it('names the documents of its statements by id', async () => {
    expect(await readings().documentIdsOfTension('tension:r/T2')).toEqual(['document:r-1', 'document:r-2']);
    expect(await readings().documentIdsOfTension('tension:r/T9')).toEqual([]);
  });
});
