import type { ReaderStatementQuery, StatementRelationType } from '@dossier/client';

type Relation = NonNullable<ReaderStatementQuery['statement']>['relations'][number];

/** Whether a relation speaks for or against a claim, or neither, seen from either end. */
export type Bearing = 'against' | 'for' | 'beside';

const BEARINGS: Record<StatementRelationType, Bearing> = {
  CONTRADICTS: 'against',
  REBUTS: 'against',
  CONTRASTS_WITH: 'against',
  COMPETES_WITH: 'against',
  QUALIFIES: 'against',
  SUPPORTS: 'for',
  CORROBORATES: 'for',
  EXPLAINS: 'beside',
  ALTERNATIVE_TO: 'beside',
  PARALLELS: 'beside',
  RESPONDS_TO: 'beside',
  ANSWERS: 'beside',
  INTRODUCES: 'beside',
};

/** Groups relations by their bearing, those against the claim first. */
export function byBearing(relations: readonly Relation[]): { bearing: Bearing; relations: Relation[] }[] {
  const order: Bearing[] = ['against', 'for', 'beside'];
  return order
    .map((bearing) => ({ bearing, relations: relations.filter(({ type }) => BEARINGS[type] === bearing) }))
    .filter((group) => group.relations.length > 0);
}
