import { dateSpan, spanLength, timeKey } from '@dossier/domain';
import type { SeedPart, Seeds } from '@dossier/seed-format';
import { insertIfAbsent, insertRow, type StoreDb } from '@dossier/store';
import { type Attribution, eventStatement, paragraphStatement, statement, statementTopic } from '../tables.js';
import { paragraphFinder } from './documents.js';
import type { SeededMention } from './mentions.js';
import { citationsOf, documentOf, passageKey } from './order.js';
import { stageParties } from './parties.js';
import { indexStatement } from './words.js';

type StatementSeed = Seeds['statements'][number];

/** Attributions that the record's note explains. */
const NEEDS_NOTE = new Set(['INHERITED_UNCERTAIN', 'IMPUTED', 'MISSING']);

/** Inserts the statements with their parties, paragraphs and topics, and the statements of events. */
export function seedStatements(
  db: StoreDb,
  { seeds, textOf }: SeedPart,
  mentions: Map<string, SeededMention[]>,
  firstRow: number,
): void {
  const paragraphOf = paragraphFinder(seeds);
  for (const [index, record] of inTextOrder(seeds.statements).entries()) {
    const { id, summary, kind, modality, addressees, venue, topics, note, basis, references } = record;
    const documentId = documentOf(record);
    const saidOn = dateSpan(record.saidOn);
    const attribution = attributionOf(record);
    const keys = keysOf(record);
    const { textKey, saidKey } = keys;
    const subjects = subjectsOf(record, attribution, mentions.get(documentId) ?? []);
    const columns = {
      id,
      documentId,
      textKey,
      summary,
      kind,
      modality,
      addressees,
      venue,
      topics,
      note,
      basis,
      references,
      saidOn,
      attribution,
      subjects,
      saidKey,
      status: attribution.status,
      voiceId: paragraphOf(documentId, firstPassage(record).at[0]).voice,
      earliest: saidOn.earliest,
      latest: saidOn.latest,
      spanLength: spanLength(saidOn),
      hedges: record.hedges.map((hedge) => ({ kind: hedge.kind, citation: hedge.citation })),
      citations: citationsOf(record),
    };
    const row = insertRow(db, statement, columns, firstRow + index);
    indexStatement(db, row, record, textOf(documentId));
    for (const topic of topics) insertRow(db, statementTopic, { topic, ...keys });
    stageParties(db, { attribution, addressees, subjects }, keys);
    for (const { at } of record.passages) {
      insertIfAbsent(db, paragraphStatement, {
        paragraphId: paragraphOf(documentId, at[0]).id,
        textKey,
        statementId: id,
      });
    }
  }
  for (const { id: eventId, statements } of seeds.events) {
    statements.forEach((statementId, position) => {
      insertRow(db, eventStatement, { eventId, position, statementId });
    });
  }
}

// Full-text search returns matches in order of insertion, which must be that of the text.
const inTextOrder = (statements: readonly StatementSeed[]): StatementSeed[] =>
  statements
    .map((record) => ({ record, key: textKeyOf(record) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ record }) => record);

/** The keys that order a statement in lists. */
export const keysOf = (record: StatementSeed) => ({
  textKey: textKeyOf(record),
  saidKey: timeKey(dateSpan(record.saidOn), record.id),
  statementId: record.id,
});

const textKeyOf = (record: StatementSeed): string => passageKey(documentOf(record), firstPassage(record).at, record.id);

function firstPassage({ id, passages: [first] }: StatementSeed) {
  if (!first) throw new Error(`${id} has no passage.`);
  return first;
}

function attributionOf({ attribution, note }: StatementSeed): Attribution {
  return {
    ...attribution,
    relayChain: attribution.relayChain.map((hop, index) => ({
      position: index + 1,
      ...hop,
      relayedOn: hop.relayedOn && dateSpan(hop.relayedOn),
    })),
    note: NEEDS_NOTE.has(attribution.status) ? note : null,
  };
}

/** The actors that a statement's passages name or refer to, in order of the text, except its speakers, carriers, imputer and addressees. */
function subjectsOf(
  { passages, addressees }: StatementSeed,
  { speakers, imputedBy, relayChain }: Attribution,
  mentions: SeededMention[],
): string[] {
  const others = new Set([...speakers, ...addressees, imputedBy, ...relayChain.map((hop) => hop.carrier)]);
  const within = mentions.filter(({ at }) =>
    passages.some((passage) => passage.at[0] <= at[0] && at[1] <= passage.at[1]),
  );
  return [...new Set(within.map(({ party }) => party))].filter(
    (party) => !party.startsWith('place:') && !others.has(party),
  );
}
