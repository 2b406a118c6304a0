import { raw, type Sql, sql } from '@dossier/store';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Condition } from './conditions.js';
import { narrowestFirst } from './narrowest.js';

const condition = (values: Partial<Condition> = {}): Condition => ({
  scans: () => [],
  test: () => raw('true'),
  ...values,
});
const broad = condition({ isBroad: true });

/** Orders conditions of which each finds a number of rows, and returns how many queries that took. */
function order(conditions: [Condition, count: number][], times = 1) {
  const queries: string[] = [];
  const db = drizzle({ client: new Database(':memory:', { verbose: (query) => void queries.push(String(query)) }) });
  const countQuery = (of: Condition, limit: number): Sql =>
    sql`select min(${conditions.find(([each]) => each === of)?.[1] ?? 0}, ${limit})`;
  let ordered: unknown;
  for (let time = 0; time < times; time++)
    ordered = narrowestFirst(
      db,
      conditions.map(([each]) => each),
      countQuery,
    );
  return { ordered, queries: queries.length };
}

describe('conditions of which one is broad', () => {
  const [few, fewer, many] = [condition(), condition(), condition()];

  it('begin with the one that finds the fewest rows', () => {
    expect(
      order([
        [few, 20],
        [broad, 0],
        [fewer, 10],
        [many, 50_000],
      ]).ordered,
    ).toEqual([fewer, few, broad, many]);
  });

  it.each([
    [500, 499, [broad, few]],
    [500, 500, [few, broad]],
    [100, 0, [few, broad]],
  ])(
    'begin with the broad one if another finds %i rows and it finds %i, unless that are few',
    (found, foundByBroad, expected) => {
      expect(
        order([
          [few, found],
          [broad, foundByBroad],
        ]).ordered,
      ).toEqual(expected);
    },
  );

  it('begin with the broad one if the others find many rows', () => {
    expect(
      order([
        [many, 50_000],
        [broad, 0],
      ]).ordered,
    ).toEqual([broad, many]);
  });

  it('are counted once for each store', () => {
    expect(
      order(
        [
          [few, 20],
          [broad, 0],
          [many, 50_000],
        ],
        3,
      ).queries,
    ).toBe(2);
  });

  it.each([
    ['there is no other one', [[broad, 0]]],
    [
      'they depend on the parent node',
      [
        [condition({ isOfParent: true }), 50_000],
        [broad, 0],
        [few, 20],
      ],
    ],
    [
      'none is',
      [
        [many, 50_000],
        [few, 20],
      ],
    ],
  ] as [string, [Condition, number][]][])('stay as they are, and are not counted, if %s', (_, conditions) => {
    const { ordered, queries } = order(conditions);

    expect(ordered).toEqual(conditions.map(([each]) => each));
    expect(queries).toBe(0);
  });
});
