import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { toPostgres, toSqlite } from './dialect.js';
import { sql } from './sql.js';

const house = sqliteTable('house', { id: text('id').primaryKey(), street: text('street') });

const translated = ({ text }: { text: string }) => [toSqlite(text), toPostgres(text, '"ruritania"')];

describe('neutral SQL', () => {
  it('has tables of the schema, and numbered parameters, in PostgreSQL', () => {
    const [sqlite, postgres] = translated(
      sql`select ${house.id} from ${house} where ${house.street} = ${'a'} limit ${3}`,
    );

    expect(sqlite?.text).toBe('select "house"."id" from "house" where "house"."street" = ? limit ?');
    expect(postgres?.text).toBe('select "house"."id" from "ruritania"."house" where "house"."street" = $1 limit $2');
  });

  it('binds lists as JSON in SQLite and as arrays in PostgreSQL', () => {
    const query = sql`select 1 from each_of(${['a']}) as parent cross join ${house} as found on found.id = parent.value where found.street = ${'b'} and found.id = any_of(${['c']}) order by parent.key`;
    const [sqlite, postgres] = translated(query);

    expect(sqlite).toEqual({
      text: 'select 1 from json_each(?) as parent cross join "house" as found on found.id = parent.value where found.street = ? and found.id in (select value from json_each(?)) order by parent.key',
      lists: [0, 2],
    });
    expect(postgres?.text).toBe(
      'select 1 from unnest($1::text[]) with ordinality as parent(value, key) join "ruritania"."house" as found on found.id = parent.value where found.street = $2 and found.id = any($3::text[]) order by parent.key',
    );
  });

  it('returns pairs as JSON, in order', () => {
    const [sqlite, postgres] = translated(sql`select pairs_of(found_key, found_id) from ${house}`);

    expect(sqlite?.text).toContain('json_group_array(json_array(found_key, found_id) order by found_key)');
    expect(postgres?.text).toContain(
      "coalesce(json_agg(json_build_array(found_key, found_id) order by found_key)::text, '[]')",
    );
  });
});
