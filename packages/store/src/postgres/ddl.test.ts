import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { schemaDdl, structureOf } from './ddl.js';

const street = sqliteTable('street', { id: text('id').primaryKey() });
const house = sqliteTable(
  'house',
  {
    streetId: text('street_id')
      .notNull()
      .references(() => street.id),
    number: integer('number').notNull(),
    colour: text('colour').unique(),
    isOld: integer('is_old', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.streetId, table.number] }),
    index('house_by_colour').on(table.colour, table.number),
    uniqueIndex('house_by_age').on(table.isOld),
  ],
);

const known = sqliteTable('known', { id: text('id').primaryKey() });

describe('the schema of a store in PostgreSQL', () => {
  it('has the tables of SQLite, which compare text by bytes', () => {
    expect(schemaDdl({ tables: [house, street] }, '"s"')).toEqual({
      tables: [
        'create table "s"."house" ("street_id" text collate "C" not null, "number" bigint not null, "colour" text collate "C", "is_old" bigint not null)',
        'create table "s"."street" ("id" text collate "C" not null)',
      ],
      indexes: [
        'alter table "s"."house" add primary key ("street_id", "number")',
        'alter table "s"."house" add unique ("colour")',
        'create index "house_by_colour" on "s"."house" ("colour", "number")',
        'create unique index "house_by_age" on "s"."house" ("is_old")',
        'alter table "s"."street" add primary key ("id")',
        'create index on "s"."street" using hash ("id")',
        'alter table "s"."house" add foreign key ("street_id") references "s"."street" ("id")',
      ],
    });
  });

  it('has a hash index of the columns that rows are looked up by, and no other index of a table of ids', () => {
    const { indexes } = schemaDdl({ tables: [house, street, known], lookedUpBy: [house.colour] }, '"s"');

    expect(indexes.filter((statement) => statement.includes('hash'))).toEqual([
      'create index on "s"."house" using hash ("colour")',
      'create index on "s"."street" using hash ("id")',
      'create index on "s"."known" using hash ("id")',
    ]);
    expect(indexes.filter((statement) => statement.includes('"known"'))).toHaveLength(1);
  });

  it('has ordinary indexes, no foreign keys, and columns of ids in keys if it is distributed', () => {
    const idsInKeys = [{ key: house.colour, type: 'painter' }];
    const { tables, indexes } = schemaDdl({ tables: [house, street], idsInKeys }, '"s"', { isDistributed: true });

    expect(tables).toEqual([
      'create table "s"."house" ("street_id" text collate "C" not null, "number" bigint not null, "colour" text collate "C", "is_old" bigint not null, "painter_id" text collate "C" not null)',
      'create table "s"."street" ("id" text collate "C" not null)',
    ]);
    expect(indexes).toEqual([
      'create index on "s"."house" ("street_id", "number")',
      'create index on "s"."house" ("colour")',
      'create index "house_by_colour" on "s"."house" ("colour", "number")',
      'create index "house_by_age" on "s"."house" ("is_old")',
      'create index on "s"."street" ("id")',
      'create index on "s"."street" using hash ("id")',
    ]);
  });

  it('has another structure if a table changes, but not for another name of the schema', () => {
    const tables = { tables: [house, street] };

    expect(structureOf(tables)).toMatch(/^[0-9a-f]{16}$/);
    expect(structureOf({ ...tables, tables: [street] })).not.toBe(structureOf(tables));
    expect(structureOf(tables, { isDistributed: true })).not.toBe(structureOf(tables));
  });
});
