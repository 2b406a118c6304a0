import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { definition } from '@dossier/statements';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

const sql = readFileSync(join(workspaceRoot(), 'deploy/postgresql/citus.sql'), 'utf8');
const keys = [...sql.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(([, table = '', column = '']) => ({ table, column }));

/** The columns of the tables in PostgreSQL; those of an index are documented at `TextIndex`. */
const columns = new Map([
  ...definition.tables.map((table): [string, string[]] => [
    getTableName(table),
    Object.values(getTableColumns(table)).map(({ name }) => name),
  ]),
  ...(definition.textIndexes ?? []).flatMap(({ name, parts }): [string, string[]][] =>
    [name, ...(parts ? [parts.name] : [])].map((table) => [table, ['id']]),
  ),
]);

describe('the file that distributes tables', () => {
  it('names tables of the service statements, and a column of each', () => {
    expect(keys.length).toBeGreaterThan(1);
    for (const { table, column } of keys) expect(columns.get(table), table).toContain(column);
  });
});
