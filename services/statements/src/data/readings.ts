import { oneOf } from '@dossier/pagination';
import { type ReadDb, raw, rowsById, rowsOfParents } from '@dossier/store';
import { type Loaders, mapMaybePromise } from '@dossier/subgraph-server';
import type { CautionKind, StatementRelationType, TensionKind } from '../generated/schema.js';
import {
  caution,
  statedNumber,
  statementRelation,
  tension,
  tensionDocument,
  tensionStatement,
  work,
} from '../tables.js';

/** The rows of the given kinds; all if `kinds` is null. An empty list is BAD_USER_INPUT. */
function filterByKind<Row extends { kind: string }>(rows: Row[], kinds: readonly string[] | null | undefined): Row[] {
  oneOf('kind', raw(''), kinds);
  return kinds ? rows.filter(({ kind }) => kinds.includes(kind)) : rows;
}

/** What an annotator made of the statements (relations, tensions, cautions, numbers) and the works that they name. */
export function readingsSource(db: ReadDb) {
  const readCaution = rowsById(db, caution, caution.id);
  const readCautionsOf = rowsOfParents(db, caution, caution.documentId, caution.id);
  const readNumbersOf = rowsOfParents(db, statedNumber, statedNumber.documentId, statedNumber.textKey);
  const readNumbersOfStatement = rowsOfParents(db, statedNumber, statedNumber.statementId, statedNumber.textKey);
  const readRelationsOf = rowsOfParents(
    db,
    statementRelation,
    statementRelation.statementId,
    statementRelation.otherId,
    statementRelation.type,
    statementRelation.direction,
  );
  const readTension = rowsById(db, tension, tension.id);
  const readTensionsOf = rowsOfParents(db, tensionDocument, tensionDocument.documentId, tensionDocument.tensionId);
  const readDocumentsOfTension = rowsOfParents(
    db,
    tensionDocument,
    tensionDocument.tensionId,
    tensionDocument.documentId,
  );
  const readTensionsOfStatement = rowsOfParents(
    db,
    tensionStatement,
    tensionStatement.statementId,
    tensionStatement.tensionId,
  );
  const readStatementsOfTension = rowsOfParents(
    db,
    tensionStatement,
    tensionStatement.tensionId,
    tensionStatement.position,
  );
  const readWork = rowsById(db, work, work.id);
  const readWorksOf = rowsOfParents(db, work, work.documentId, work.id);
  return (loaders: Loaders) => {
    const tensionById = (id: string) => loaders('tension', readTension).load(id);
    return {
      caution: (id: string) => loaders('caution', readCaution).load(id),
      cautionsOf: (document: string, kinds: CautionKind[] | null | undefined) =>
        mapMaybePromise(loaders('cautionsOf', readCautionsOf).load(document), (rows) => filterByKind(rows, kinds)),
      numbersOf: (document: string) => loaders('numbersOf', readNumbersOf).load(document),
      numbersOfStatement: (statement: string) => loaders('numbersOfStatement', readNumbersOfStatement).load(statement),
      relationsOf: (statement: string, types: StatementRelationType[] | null | undefined) => {
        oneOf('type', raw(''), types);
        return mapMaybePromise(loaders('relationsOf', readRelationsOf).load(statement), (rows) =>
          types ? rows.filter(({ type }) => (types as string[]).includes(type)) : rows,
        );
      },
      tension: tensionById,
      tensionsOf: (document: string, kinds: TensionKind[] | null | undefined) =>
        mapMaybePromise(loaders('tensionsOf', readTensionsOf).load(document), async (rows) => {
          const tensions = await Promise.all(rows.map(({ tensionId }) => tensionById(tensionId)));
          return filterByKind(
            tensions.filter((found) => found !== null),
            kinds,
          );
        }),
      documentIdsOfTension: (id: string) =>
        mapMaybePromise(loaders('documentsOfTension', readDocumentsOfTension).load(id), (rows) =>
          rows.map(({ documentId }) => documentId),
        ),
      tensionsOfStatement: (statement: string) =>
        mapMaybePromise(loaders('tensionsOfStatement', readTensionsOfStatement).load(statement), (rows) =>
          rows.map((row) => tensionById(row.tensionId)),
        ),
      statementIdsOfTension: (id: string) =>
        mapMaybePromise(loaders('statementsOfTension', readStatementsOfTension).load(id), (rows) =>
          rows.map((row) => row.statementId),
        ),
      work: (id: string) => loaders('work', readWork).load(id),
      worksOf: (document: string) => loaders('worksOf', readWorksOf).load(document),
    };
  };
}
