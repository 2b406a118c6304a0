import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';
import { expectSameAnswer, expectSameAnswers } from './sameAnswers.js';

/**
 * What `citus.sql` uses of Citus: three nodes, and functions that only record their calls. A distribution column must exist, and the table
 * be empty.
 */
const CITUS = `
  create table pg_dist_node (shouldhaveshards boolean, isactive boolean, noderole text);
  insert into pg_dist_node values (true, true, 'primary'), (true, true, 'primary'), (true, true, 'primary'), (false, true, 'primary');
  grant select on pg_dist_node to public;
  create table call (name text, relation regclass, distribution_column text, colocate_with text, shard_count integer);
  grant insert on call to public;
  create function record(name text, relation regclass, distribution_column text, colocate_with text, shard_count integer) returns void language plpgsql as $$
  declare
    has_rows boolean;
  begin
    execute format('select exists (select 1 from %s)', relation) into has_rows;
    if has_rows then raise 'The table % has rows.', relation; end if;
    insert into call values (name, relation, distribution_column, colocate_with, shard_count);
  end $$;
  create function create_reference_table(relation regclass) returns void language sql as
    $$ select record('reference', relation, null, null, null) $$;
  create function create_distributed_table(relation regclass, distribution_column text, colocate_with text, shard_count integer default null) returns void language sql as
    $$ select record('distributed', relation, attname, colocate_with, shard_count) from pg_attribute where attrelid = relation and attname = distribution_column $$;
`;

/** The tables that grow with the number of statements: the column by which each is distributed, and the table that it is placed with. */
const DISTRIBUTED = [
  'figure_party by figure_id with trade_figure',
  'known_entity by id',
  'known_entity by id',
  'known_entity by id',
  'mention by party_id',
  'paragraph by id',
  'paragraph_search by id with paragraph',
  'paragraph_statement by paragraph_id',
  'passage_search by id with statement',
  'provision_link by statement_id',
  'quotation by id',
  'quotation_statement by statement_id',
  'statement by id',
  'statement_party_said by statement_id with statement',
  'statement_party_text by statement_id with statement',
  'statement_relation by statement_id',
  'statement_search by id with statement',
  'statement_tag by statement_id with statement',
  'statement_topic by statement_id with statement',
  'trade_figure by id',
];

const GOLDEN = join(workspaceRoot(), 'tests/golden');

describe.skipIf(postgres.isMissing)('stores in a distributed database', postgres.options, () => {
  let server: TestPostgres;
  let files: TestGraph;
  let published: RunningGateway;

  beforeAll(async () => {
    server = await startPostgres();
    await server.query(CITUS);
    server.runFile(join(workspaceRoot(), 'deploy/postgresql/citus.sql'));
    await publishFrom(sharedStores(), server.publisherUrl);
    files = await startGraph();
    published = await startPublishedGraph(server.readerUrl);
  });
  afterAll(async () => {
    await published?.close();
    await files?.close();
    await server?.close();
  });

  it('are distributed before rows are copied: by the ids that joins use, and all other tables on each node', async () => {
    const calls = (await server.query(
      `select name, relname, distribution_column, colocate_with, shard_count, relnamespace::regnamespace::text as schema
       from call join pg_class on oid = relation order by relname`,
    )) as (Record<'name' | 'relname' | 'distribution_column' | 'colocate_with' | 'schema', string> & {
      shard_count: number | null;
    })[];
    const tables = await server.query(`select 1 from information_schema.tables where table_schema like 'dossier\\_%'`);

    expect(
      calls
        .filter(({ name }) => name === 'distributed')
        .map(({ relname, distribution_column, colocate_with, schema }) => {
          const place = colocate_with === 'none' ? '' : ` with ${colocate_with.replace(`${schema}.`, '')}`;
          return `${relname} by ${distribution_column}${place}`;
        }),
    ).toEqual(DISTRIBUTED);
    expect(calls.length).toBe(tables.length);
    // Tables that are placed with others have as many shards as these.
    for (const { name, colocate_with, shard_count } of calls)
      expect(shard_count).toBe(name === 'distributed' && colocate_with === 'none' ? 3 : null);
  });

  it('have no keys, unique indexes and foreign keys, which would have to include that column', async () => {
    const current = 'n.nspname in (select schema from dossier.revision)';

    expect(
      await server.query(
        `select conname from pg_constraint c join pg_namespace n on n.oid = c.connamespace where contype in ('p', 'u', 'f') and ${current}`,
      ),
    ).toEqual([]);
    expect(
      await server.query(
        `select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where indisunique and ${current}`,
      ),
    ).toEqual([]);
  });

  it('have the same answers', async () => {
    for (const name of readdirSync(GOLDEN).filter((file) => file.endsWith('.graphql')))
      await expectSameAnswer({ files, published, query: readFileSync(join(GOLDEN, name), 'utf8'), variables: {} });
    await expectSameAnswers({ files, published, from: 1, to: 60 });
  });

  it('are published again if they were published for one server, and are then read as such', async () => {
    const results = async () =>
      new Set((await publishFrom(sharedStores(), server.publisherUrl)).map(({ result }) => result));

    expect(await results()).toEqual(new Set(['unchanged']));
    await server.query('drop function dossier.distribute(text)');
    expect(await results()).toEqual(new Set(['published']));
    const onOne = await startPublishedGraph(server.readerUrl);
    const query =
      '{ actors(first: 3) { nodes { ... on Person { statements(role: [SPEAKER], first: 2) { nodes { id } } } } } }';
    await expectSameAnswer({ files, published: onOne, query, variables: {} });
    await onOne.close();
  });
});
