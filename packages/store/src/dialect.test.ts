import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { toPostgres, toSqlite } from './dialect.js';
import { idInKey } from './idInKey.js';
import { sql } from './sql.js';

const house = sqliteTable('house', { id: text('id').primaryKey(), street: text('street') });

const translated = ({ text }: { text: string }) => [toSqlite(text), toPostgres(text, '"ruritania"')];
const distributed = ({ text }: { text: string }) => toPostgres(text, '"ruritania"', { isDistributed: true }).text;

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

  it('finds an id at the end of a key, which a distributed database has in a column', () => {
    const query = sql`select ${idInKey({ key: house.street, type: 'resident' })} from ${house}`;
    const [sqlite, postgres] = translated(query);

    expect(sqlite?.text).toBe(
      `select substr("house"."street", instr("house"."street", ' resident:') + 1) from "house"`,
    );
    expect(postgres?.text).toContain(
      `select substr("house"."street", strpos("house"."street", ' resident:') + 1) from`,
    );
    expect(distributed(query)).toBe('select "house"."resident_id" from "ruritania"."house"');
  });

  it('says only to a distributed database that rows are on the same node', () => {
    const resident = idInKey({ key: house.street, type: 'resident' });
    const query = sql`select 1 from ${house} where ${house.id} = ${1} and on_same_node(${house.id}, found."id") and on_same_node(${resident}, found."id") limit 1`;

    for (const { text } of translated(query)) expect(text).toMatch(/where "house"\."id" = (\?|\$1) limit 1$/);
    expect(distributed(query)).toBe(
      'select 1 from "ruritania"."house" where "house"."id" = $1 and "house"."id" = found."id" and "house"."resident_id" = found."id" limit 1',
    );
  });

  it('keeps PostgreSQL from joining a subquery that is run for each row, which a distributed database has to', () => {
    const query = sql`select 1 from ${house} as found where exists (select 1 from ${house} where ${house.id} = found.id per_row)`;
    const [sqlite, postgres] = translated(query);

    expect(sqlite?.text).toMatch(/ = found\.id\)$/);
    expect(postgres?.text).toMatch(/ = found\.id offset 0\)$/);
    expect(distributed(query)).toMatch(/ = found\.id\)$/);
  });

  it('looks rows up by a list, of which a distributed database can choose the nodes', () => {
    const query = sql`select "house"."street" from each_of(${['a']}) as wanted cross join ${house} on "house"."id" = wanted.value and "house"."street" = ${'b'} order by "house"."id"`;

    expect(translated(query)[1]?.text).toContain('from unnest($1::text[]) with ordinality as wanted(value, key) join');
    expect(distributed(query)).toBe(
      'select "house"."street" from "ruritania"."house" where "house"."id" = any($1::text[]) and "house"."street" = $2 order by "house"."id"',
    );
  });
});
