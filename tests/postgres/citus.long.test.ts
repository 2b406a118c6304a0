import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';

/** What `citus.sql` uses of Citus: functions that only record their calls. */
const CITUS = `
  create table pg_dist_partition (logicalrelid regclass);
  create table call (name text, relation regclass, distribution_column text, colocate_with text);
  create function create_reference_table(relation regclass) returns void language sql as
    $$ insert into pg_dist_partition values (relation); insert into call values ('reference', relation) $$;
  create function create_distributed_table(relation regclass, distribution_column text, colocate_with text) returns void language sql as
    $$ insert into pg_dist_partition values (relation); insert into call values ('distributed', relation, distribution_column, colocate_with) $$;
  create function truncate_local_data_after_distributing_table(relation regclass) returns void language sql as
    $$ insert into call values ('truncate', relation) $$;
`;

interface Call {
  name: string;
  schema: string;
  relation: string;
  distribution_column: string | null;
  colocate_with: string | null;
}

describe.skipIf(postgres.isMissing)('the file that distributes tables', postgres.options, () => {
  let server: TestPostgres;

  beforeAll(async () => {
    server = await startPostgres();
    await publishFrom(sharedStores(), server.publisherUrl, { hasConstraints: false });
    await server.query(CITUS);
  });
  afterAll(() => server?.close());

  const run = () => server.runFile(join(workspaceRoot(), 'deploy/postgresql/citus.sql'));
  const calls = async (name: string) =>
    (await server.query(
      `select call.name, relnamespace::regnamespace::text as schema, relname as relation, distribution_column, colocate_with
       from call join pg_class on oid = relation where name = '${name}'`,
    )) as Call[];

  it('distributes the tables with a row for each statement together, and copies each other table', async () => {
    run();

    const distributed = await calls('distributed');
    const schema = distributed[0]?.schema;
    expect(
      distributed.map(({ relation, distribution_column, colocate_with }) => [
        relation,
        distribution_column,
        colocate_with,
      ]),
    ).toEqual([
      ['statement', 'id', 'none'],
      ['passage_search', 'id', `${schema}.statement`],
      ['statement_search', 'id', `${schema}.statement`],
    ]);
    const copied = await calls('reference');
    const tables = await server.query(`select 1 from information_schema.tables where table_schema like 'dossier\\_%'`);
    expect(copied.length).toBe(tables.length - distributed.length);
    expect((await calls('truncate')).length).toBe(tables.length);
  });

  it('does not distribute a table again', async () => {
    const before = await calls('reference');

    run();

    expect(await calls('reference')).toEqual(before);
  });
});
