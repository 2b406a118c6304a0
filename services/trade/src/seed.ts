import { dateSpan, spanLength, timeKey } from '@dossier/domain';
import type { SeedPart, Seeds } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { frequencyOf } from './seed/frequency.js';
import { commodity, figureParty, knownEntity, mergedId, tradeFigure } from './tables.js';

/** Writes the seeds of one folder as rows, within the transaction that builds the store. */
export function seed(db: StoreDb, { seeds, find }: SeedPart): void {
  for (const { id } of [...seeds.actors, ...seeds.statements]) insertRow(db, knownEntity, { id });
  for (const { id, sameAs } of seeds.merges) insertRow(db, mergedId, { id, sameAs });
  seedCommodities(db, seeds);
  seedFigures(db, seeds, find);
}

/** Measures between two periods. */
const CHANGES = new Set(['PERCENT_CHANGE', 'ABSOLUTE_CHANGE', 'RATIO']);

const citationsOf = ({ passages }: { passages: { citation: string }[] }): string[] =>
  passages.map((passage) => passage.citation);

function seedCommodities(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.commodities) {
    const { id, name, hsCode, direction, directions, statement: statementId } = record;
    insertRow(db, commodity, { id, name, hsCode, direction, directions, statementId, citations: citationsOf(record) });
  }
}

function seedFigures(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  for (const record of seeds.figures) {
    const {
      reporter: reporterId,
      partner: partnerId,
      publishedBy: publishedById,
      statement: statementId,
      commodities,
      passages: _,
      origin: __,
      ...rest
    } = record;
    const period = dateSpan(record.period);
    insertRow(db, tradeFigure, {
      ...rest,
      reporterId,
      partnerId,
      publishedById,
      statementId,
      period,
      earliest: period.earliest,
      latest: period.latest,
      spanLength: spanLength(period),
      periodKey: timeKey(period, record.id),
      frequency: frequencyOf(period, { isChange: CHANGES.has(record.measure) }),
      commodity: [...new Set(commodities.map((id) => find('commodities', id)?.name ?? id))].sort().join('; '),
      commodityIds: commodities,
      citations: citationsOf(record),
    });
    const insertParty = (actorId: string | null, counterpartId: string | null) =>
      actorId && insertRow(db, figureParty, { actorId, figureId: record.id, counterpartId: counterpartId ?? '' });
    insertParty(reporterId, partnerId);
    // A figure of trade within a country has one party.
    if (partnerId !== reporterId) insertParty(partnerId, reporterId);
  }
}
