import { isDeepStrictEqual } from 'node:util';

/** A fact that is served otherwise than the reviewed inventory has it, and why. */
export interface Correction {
  /** The id of the record in the inventory, e.g. `E24`. */
  id: string;
  field: string;
  inventory: unknown;
  served: unknown;
  reason: string;
}

/** Everything else is served as in the inventory. */
export const corrections: readonly Correction[] = [
  {
    id: 'E24',
    field: 'date',
    inventory: { edtf: '../..', earliest: null, latest: null, basis: 'INFERRED' },
    served: { edtf: '2022-02-24/..', earliest: '2022-02-24', latest: null, basis: 'BACKGROUND' },
    reason:
      'The record itself has the day on which the invasion began as background. Without a start, the war was among the events of every year.',
  },
  {
    id: 'S25',
    field: 'hedges',
    inventory: [],
    served: [{ type: 'ATTRIBUTION', spansOf: 'H13' }],
    reason: 'One attribution, H13, introduces S24 and S25, which stand in the same sentence; only S24 had it.',
  },
];

// biome-ignore lint/suspicious/noExplicitAny: the inventory is untyped JSON
type Json = any;

/** The inventory with the corrections. Throws an Error for one that changes nothing, or whose inventory value is not that of the inventory. */
export function corrected(inventory: Json, applied: readonly Correction[] = corrections): Json {
  const copy = structuredClone(inventory);
  for (const { id, field, inventory: before, served } of applied) {
    const record = [...copy.events, ...copy.statements].find((each: Json) => each.id === id);
    const hedges = copy.hedges.filter((hedge: Json) => hedge.statement === id);
    const actual = field === 'hedges' ? hedges.map(({ type }: Json) => ({ type })) : record?.[field];
    if (isDeepStrictEqual(before, served)) throw new Error(`${id}.${field}: the correction changes nothing.`);
    if (!isDeepStrictEqual(actual, before)) throw new Error(`${id}.${field}: the inventory has another value.`);
    if (field === 'hedges')
      copy.hedges.push(
        ...(served as Json[]).map(({ type, spansOf }) => ({
          type,
          statement: id,
          spans: copy.hedges.find((hedge: Json) => hedge.id === spansOf).spans,
        })),
      );
    else record[field] = served;
  }
  return copy;
}
