import { citationId } from '@dossier/domain';
import type { SeedPart, Seeds } from '@dossier/seed-format';
import { insertIfAbsent, insertRow, type StoreDb } from '@dossier/store';
import {
  caution,
  linkTag,
  quotation,
  quotationStatement,
  relationTag,
  statedNumber,
  statementRelation,
  statementTag,
  tension,
  tensionDocument,
  tensionStatement,
} from '../tables.js';
import { citationsOf, documentOf, passageKey } from './order.js';
import { keysOf } from './statements.js';

/** Relations that hold in both directions. */
const MUTUAL_TYPES = new Set([
  'CORROBORATES',
  'CONTRADICTS',
  'CONTRASTS_WITH',
  'COMPETES_WITH',
  'ALTERNATIVE_TO',
  'PARALLELS',
]);

/** Inserts what an annotator made of the statements: relations, quotations, tensions, cautions, numbers. */
export function seedReadings(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  for (const { id, type, from, to, rationale, basis } of seeds.relations) {
    const isMutual = MUTUAL_TYPES.has(type);
    insertRow(db, statementRelation, {
      statementId: from,
      id,
      type,
      direction: isMutual ? 'MUTUAL' : 'OUTGOING',
      otherId: to,
      rationale,
      basis,
    });
    insertRow(db, statementRelation, {
      statementId: to,
      id,
      type,
      direction: isMutual ? 'MUTUAL' : 'INCOMING',
      otherId: from,
      rationale,
      basis,
    });
  }
  seedTags(db, seeds, find);
  seedQuotations(db, seeds);
  seedTensions(db, seeds, find);
  for (const record of seeds.cautions) {
    const { id, kind, explanation, basis, references } = record;
    insertRow(db, caution, {
      id,
      kind,
      explanation,
      basis,
      references,
      documentId: documentOf(record),
      citations: citationsOf(record),
    });
  }
  for (const record of seeds.numbers) {
    const { id, label, value, note, citation } = record;
    const documentId = documentOf(record);
    insertRow(db, statedNumber, {
      id,
      documentId,
      label,
      value,
      note,
      citation,
      textKey: passageKey(documentId, record.at, id),
      statementId: record.statement,
    });
  }
}

/** Tags both statements of a relation, and the statement of a link to a provision or a regime. */
function seedTags(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  const tag = (id: string, tags: string[]) => {
    const record = find('statements', id);
    if (!record) throw new Error(`${id} is not a statement.`);
    for (const each of tags) insertIfAbsent(db, statementTag, { tag: each, ...keysOf(record) });
  };
  for (const { type, from, to } of seeds.relations) for (const id of [from, to]) tag(id, [relationTag(type)]);
  for (const { statement, relation, confidence } of seeds.links)
    tag(statement, [linkTag(relation, null), linkTag(null, confidence), linkTag(relation, confidence)]);
}

function seedQuotations(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.quotations) {
    const { id, kind, speakerIsCertain, level, isTranslated, translationBasis, note, basis, references, passages } =
      record;
    const documentId = documentOf(record);
    const start = Math.min(...passages.map(({ at }) => at[0]));
    const end = Math.max(...passages.map(({ at }) => at[1]));
    const textKey = passageKey(documentId, [start, end], id);
    insertRow(db, quotation, {
      id,
      documentId,
      textKey,
      kind,
      speakerIsCertain,
      level,
      isTranslated,
      translationBasis,
      note,
      basis,
      references,
      speakerId: record.speaker,
      citation: citationId(documentId, start, end),
      markedCitation: record.marked?.citation ?? null,
      citations: citationsOf(record),
      insertions: seeds.insertions
        .filter(
          (insertion) =>
            insertion.origin.document === documentId &&
            passages.some(({ at }) => at[0] <= insertion.at[0] && insertion.at[1] <= at[1]),
        )
        .map((insertion) => insertion.citation),
    });
    record.statements.forEach((statementId, position) => {
      insertRow(db, quotationStatement, { statementId, quotationKey: textKey, quotationId: id, position });
    });
  }
}

/** A tension has the citations of its statements. */
function seedTensions(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  const citations = (id: string): string[] => citationsOf(find('statements', id) ?? { passages: [] });
  for (const record of seeds.tensions) {
    const { id, kind, explanation, statements, basis, references } = record;
    insertRow(db, tension, {
      id,
      kind,
      explanation,
      basis,
      references,
      citations: [...new Set(statements.flatMap(citations))],
    });
    statements.forEach((statementId, position) => {
      insertRow(db, tensionStatement, { statementId, tensionId: id, position });
    });
    const documents = statements.flatMap((statementId) => find('statements', statementId)?.origin.document ?? []);
    for (const documentId of new Set(documents)) insertRow(db, tensionDocument, { documentId, tensionId: id });
  }
}
