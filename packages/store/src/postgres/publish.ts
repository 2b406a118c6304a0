import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import Database from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { toSqlite } from '../dialect.js';
import { StoreError } from '../errors.js';
import type { StoreIdentity } from '../identity.js';
import { type IdInKey, idInKey } from '../idInKey.js';
import { join, sql } from '../sql.js';
import { type TextIndex, wordListsOf } from '../textIndex.js';
import { idsOf, type StoreTables, schemaDdl, structureOf, tableNames } from './ddl.js';
import { failureCode } from './errors.js';
import { wordLists } from './wordLists.js';

/** A store to publish: a checked file and its tables. */
export interface StoreToPublish extends StoreTables {
  file: string;
  identity: StoreIdentity;
}

export interface PublishOptions {
  /** Connection string of a role that may create schemas. */
  url: string;
  stores: readonly StoreToPublish[];
  /** How long a replaced schema stays, in milliseconds: programs read it until they have noticed the new one. */
  graceMs: number;
  /** Publish even if the database has the same revision. */
  force?: boolean;
  onProgress?: (progress: PublishProgress) => void;
}

export interface PublishProgress {
  service: string;
  step: 'rows' | 'words' | 'indexes';
  table?: string;
}

/** The outcome for one store. */
export interface Published {
  service: string;
  revision: string;
  result: 'published' | 'unchanged';
}

/** The schema that says which revision of each service is in which schema. */
export const CATALOGUE = 'dossier';

const CREATE_CATALOGUE = [
  `create table if not exists ${CATALOGUE}.revision (service text primary key, revision text not null, schema text not null, structure text not null, texts integer not null, since timestamptz not null)`,
  `create table if not exists ${CATALOGUE}.retired (schema text primary key, service text not null, since timestamptz not null)`,
];

/**
 * A function that an operator may create: it distributes the empty tables of a schema over several nodes. Without it, they are those of one
 * server.
 */
const DISTRIBUTE = `${CATALOGUE}.distribute`;

/** PostgreSQL's locks have numbers: "DOSS". */
const LOCK = 0x444f5353;

/**
 * Copies stores into new schemas of a PostgreSQL database and switches to all of them in one transaction: a publisher that is killed
 * leaves nothing. Drops the schemas that were replaced before the grace period. Rejects with a StoreError.
 */
export async function publishStores({
  url,
  stores,
  graceMs,
  force = false,
  onProgress,
}: PublishOptions): Promise<Published[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'dossier publish',
    connectionTimeoutMillis: 10_000,
  });
  // A lost connection also rejects the query in progress.
  client.on('error', () => {});
  let effect = 'The stores that are served were not changed.';
  try {
    await client.connect();
    await checkServer(client);
    await createCatalogue(client);
    const isDistributed = await canDistribute(client);
    const options = { force, isDistributed, onProgress };
    const published = await inTransaction(client, async () => {
      const replaced = await replaceAll(client, stores, options);
      // The server may commit although the connection is lost.
      effect = 'It is not known whether the new stores are served; publish them again.';
      return replaced;
    });
    effect = 'The new stores are served; the next "publish" drops those that they replaced.';
    // After the transaction: Citus refuses it for tables that were written on the coordinator itself.
    if (isDistributed)
      for (const { schema, store } of published) if (schema !== null) await analyze(client, schema, store);
    await dropRetired(client, graceMs);
    return published.map(({ outcome }) => outcome);
  } catch (error) {
    throw publishError(error, effect);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The reason without the message of the server, which may have an address or a value. `effect` is what was done nevertheless. */
function publishError(error: unknown, effect: string): Error {
  if (error instanceof StoreError) return error;
  const code = failureCode(error);
  if (code === 'CONNECTION_LOST' && !(error instanceof pg.DatabaseError) && !/connect|terminat/i.test(String(error)))
    return error as Error;
  const remedy: Record<string, string> = {
    NO_PASSWORD: 'the server asks for a password, and STORE_URL has none',
    TLS: 'the server does not support TLS, which STORE_URL asks for',
    '25006': 'the server is a standby, or the role may only read; expected the primary and the role that publishes',
    '42501': 'the role of STORE_URL lacks a permission; see the documented SQL file for roles',
    '3D000': 'the database does not exist',
    '28P01': 'the role or its password was rejected',
    '28000': 'the server does not accept the role, the address of this machine or a connection without TLS',
    '53100': 'the disk of the server is full',
    '53300': 'the server has no free connections',
    '54000': 'a value is too long for an index of PostgreSQL, which takes about 2,700 bytes',
    '3F000': `the schema "${CATALOGUE}" does not exist and cannot be created; see the documented SQL file for roles`,
  };
  const reason = remedy[code] ?? 'the server could not be reached, or failed';
  return new StoreError('UNAVAILABLE', `Publishing failed (${code}): ${reason}. ${effect}`);
}

const MIN_VERSION = 15;

/** Throws a StoreError if the database cannot have all texts of a store, or is of an older version than those that are tested. */
async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "select current_setting('server_version_num')::integer / 10000 as version, current_setting('server_encoding') as encoding",
  );
  const problem = serverProblem(rows[0]);
  if (problem !== null) throw new StoreError('UNAVAILABLE', `Publishing failed: ${problem}. Nothing was changed.`);
}

/** Why stores cannot be published to a server; null if they can be. */
export function serverProblem({ version, encoding }: { version: number; encoding: string }): string | null {
  if (version < MIN_VERSION) return `the server is PostgreSQL ${version}; expected ${MIN_VERSION} or later`;
  if (encoding !== 'UTF8') return `the encoding of the database is ${encoding}; expected UTF8`;
  return null;
}

async function createCatalogue(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select to_regclass($1) is not null and to_regclass($2) is not null as exists', [
    `${CATALOGUE}.revision`,
    `${CATALOGUE}.retired`,
  ]);
  if (rows[0].exists) return;
  await inTransaction(client, async () => {
    // Two publishers may create it at the same time.
    await client.query('select pg_advisory_xact_lock($1, 0)', [LOCK]);
    const found = await client.query('select to_regnamespace($1) is not null as exists', [CATALOGUE]);
    if (!found.rows[0].exists) await client.query(`create schema ${CATALOGUE}`);
    for (const statement of CREATE_CATALOGUE) await client.query(statement);
  });
}

async function canDistribute(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('select to_regprocedure($1) is not null as exists', [`${DISTRIBUTE}(text)`]);
  return rows[0].exists;
}

async function inTransaction<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  // Whatever the defaults of the server or the role are: a publisher sees what one before it did, and copying takes long.
  await client.query('begin isolation level read committed');
  try {
    await client.query('set local statement_timeout = 0');
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** The outcome for a store, and its new schema if it has one. */
interface Replaced {
  outcome: Published;
  store: StoreToPublish;
  schema: string | null;
}

async function replaceAll(
  client: pg.Client,
  stores: readonly StoreToPublish[],
  {
    force,
    isDistributed,
    onProgress,
  }: { force: boolean; isDistributed: boolean; onProgress: PublishOptions['onProgress'] },
): Promise<Replaced[]> {
  // Released at the end of the transaction, also through a pooler. In one order, so that two publishers cannot wait for each other.
  for (const service of stores.map(({ identity }) => identity.service).sort())
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK, service]);
  const published: Replaced[] = [];
  const replaced = [];
  for (const store of stores) {
    const { service, revision, texts = 0 } = store.identity;
    const structure = structureOf(store, { isDistributed });
    const current = await client.query(
      `select revision, schema, structure from ${CATALOGUE}.revision where service = $1`,
      [service],
    );
    const [previous] = current.rows as { revision: string; schema: string; structure: string }[];
    const isSame = previous?.revision === revision && previous.structure === structure;
    if (isSame && !force) {
      published.push({ outcome: { service, revision, result: 'unchanged' }, store, schema: null });
      continue;
    }
    const schema = `dossier_${service}_${revision}_${randomBytes(3).toString('hex')}`;
    await copyStore(client, store, {
      schema,
      isDistributed,
      onProgress: (progress) => onProgress?.({ service, ...progress }),
    });
    replaced.push({ service, revision, schema, structure, texts, previous: previous?.schema ?? null });
    published.push({ outcome: { service, revision, result: 'published' }, store, schema });
  }
  // At the end, because the grace period begins with the switch, and copying may take longer.
  for (const { service, revision, schema, structure, texts, previous } of replaced) {
    await client.query(
      `insert into ${CATALOGUE}.revision as current (service, revision, schema, structure, texts, since) values ($1, $2, $3, $4, $5, clock_timestamp())
       on conflict (service) do update set revision = excluded.revision, schema = excluded.schema, structure = excluded.structure, texts = excluded.texts,
         since = greatest(excluded.since, current.since + interval '1 microsecond')`,
      [service, revision, schema, structure, texts],
    );
    if (previous !== null)
      await client.query(
        `insert into ${CATALOGUE}.retired (schema, service, since) values ($1, $2, clock_timestamp())`,
        [previous, service],
      );
  }
  return published;
}

/** Drops the schemas that were replaced before the grace period, one per transaction. */
async function dropRetired(client: pg.Client, graceMs: number): Promise<void> {
  const { rows } = await client.query(
    `select schema from ${CATALOGUE}.retired where since < clock_timestamp() - $1 * interval '1 millisecond' order by since`,
    [graceMs],
  );
  for (const { schema } of rows as { schema: string }[]) {
    await inTransaction(client, async () => {
      const removed = await client.query(`delete from ${CATALOGUE}.retired where schema = $1`, [schema]);
      if (removed.rowCount === 0) return;
      await client.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`);
    });
  }
}

async function copyStore(
  client: pg.Client,
  store: StoreToPublish,
  {
    schema: name,
    isDistributed,
    onProgress,
  }: { schema: string; isDistributed: boolean; onProgress: (progress: Omit<PublishProgress, 'service'>) => void },
): Promise<void> {
  const { file, tables, textIndexes = [], idsInKeys = [] } = store;
  const schema = `"${name}"`;
  const ddl = schemaDdl(store, schema, { isDistributed });
  await client.query(`create schema ${schema}`);
  for (const statement of ddl.tables) await client.query(statement);
  if (isDistributed) await client.query(`select ${DISTRIBUTE}($1)`, [name]);
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  try {
    for (const table of tables) {
      onProgress({ step: 'rows', table: getTableName(table) });
      await copyRows(
        client,
        `${schema}."${getTableName(table)}"`,
        rowsOf(sqlite, table, isDistributed ? idsOf(table, idsInKeys) : []),
      );
    }
    for (const index of textIndexes) {
      onProgress({ step: 'words', table: index.name });
      await copyRows(client, `${schema}."${index.name}"`, textRows(sqlite, index));
      const lists = wordLists(rowCountOf(sqlite, index.name), wordOccurrences(sqlite, index.name));
      await copyRows(client, `${schema}."${wordListsOf(index.name)}"`, lists);
      if (index.parts) await copyRows(client, `${schema}."${index.parts.name}"`, partRows(sqlite, index, index.parts));
    }
  } finally {
    sqlite.close();
  }
  onProgress({ step: 'indexes' });
  for (const statement of ddl.indexes) await client.query(statement);
  if (!isDistributed) await analyze(client, name, store);
}

async function analyze(client: pg.Client, schema: string, store: StoreTables): Promise<void> {
  for (const name of tableNames(store)) await client.query(`analyze "${schema}"."${name}"`);
}

/** https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.2 */
async function copyRows(client: pg.Client, table: string, rows: Iterable<readonly unknown[]>): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} from stdin with (freeze)`));
  const done = new Promise<void>((resolve, reject) => {
    stream.once('finish', () => resolve());
    stream.once('error', reject);
  });
  // Handled below; an error while rows are written rejects both.
  done.catch(() => {});
  let buffer = '';
  const flush = async () => {
    const chunk = buffer;
    buffer = '';
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done]);
  };
  for (const row of rows) {
    buffer += `${row.map(copyValue).join('\t')}\n`;
    if (buffer.length > COPY_CHARACTERS) await flush();
  }
  if (buffer !== '') await flush();
  stream.end();
  await done;
}

const COPY_CHARACTERS = 64 * 1024;

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  const text = String(value);
  if (text.includes('\0'))
    throw new StoreError('UNAVAILABLE', 'The store has a text with U+0000, which PostgreSQL cannot store.');
  return /[\\\n\r\t]/.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (character) => ESCAPES[character] as string) : text;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function rowsOf(
  sqlite: Database.Database,
  table: SQLiteTable,
  idsInKeys: readonly IdInKey[],
): IterableIterator<unknown[]> {
  const columns = (Object.values(getTableColumns(table)) as AnySQLiteColumn[]).map((column) => sql`${column}`);
  const query = sql`select ${join([...columns, ...idsInKeys.map(idInKey)], ', ')} from ${table}`;
  return sqlite.prepare(toSqlite(query.text).text).raw(true).iterate() as IterableIterator<unknown[]>;
}

/** The table of all occurrences of words in an index of FTS5. https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module */
function vocabularyOf(sqlite: Database.Database, name: string): string {
  const vocabulary = `temp."${name}_words"`;
  sqlite.exec(`create virtual table if not exists ${vocabulary} using fts5vocab(main, "${name}", instance)`);
  return vocabulary;
}

const rowCountOf = (sqlite: Database.Database, name: string): number =>
  sqlite.prepare(`select count(*) from "${name}"`).pluck(true).get() as number;

/** Each word of an index of FTS5, in byte order, with each of the rows that it is in, in order. */
const wordOccurrences = (sqlite: Database.Database, name: string): IterableIterator<[word: string, row: number]> =>
  // The table is in this order, so nothing is sorted.
  sqlite
    .prepare(`select term, doc from ${vocabularyOf(sqlite, name)} order by term`)
    .raw(true)
    .iterate() as IterableIterator<[string, number]>;

/** The words of a row of an index, by column. The words of a column are in order and surrounded by spaces; empty if there are none. */
interface IndexedRow {
  row: number;
  summary: string;
  passage: string;
}

/** The rows of an index of FTS5, in order of their ids. It does not store the words, so they are read from its lists. */
function* indexedRows(sqlite: Database.Database, name: string): Generator<IndexedRow> {
  const instances = sqlite
    .prepare(`select doc, col, term from ${vocabularyOf(sqlite, name)} order by doc, col, offset`)
    .raw(true)
    .iterate() as IterableIterator<[number, string, string]>;
  let row: number | null = null;
  let words: Record<'summary' | 'passage', string[]> = { summary: [], passage: [] };
  const current = (id: number): IndexedRow => ({
    row: id,
    summary: surrounded(words.summary),
    passage: surrounded(words.passage),
  });
  for (const [doc, column, term] of instances) {
    if (row !== null && doc !== row) {
      yield current(row);
      words = { summary: [], passage: [] };
    }
    row = doc;
    words[column === 'passage' ? 'passage' : 'summary'].push(term);
  }
  if (row !== null) yield current(row);
}

const surrounded = (words: readonly string[]): string => (words.length === 0 ? '' : ` ${words.join(' ')} `);

function* textRows(sqlite: Database.Database, { name, table, id, key }: TextIndex): Generator<unknown[]> {
  const rowOf = sqlite
    .prepare(`select "${id.name}", "${key.name}" from "${getTableName(table)}" where rowid = ?`)
    .raw(true);
  for (const { row, summary, passage } of indexedRows(sqlite, name)) {
    const [rowId, rowKey] = rowOf.get(row) as [string, string];
    const words = new Set(`${summary}${passage}`.split(' ').filter((word) => word !== ''));
    yield [row, rowId, rowKey, summary, passage, [...words].map((word) => `'${word}'`).join(' ')];
  }
}

function* partRows(
  sqlite: Database.Database,
  { table, id }: TextIndex,
  { name, perRow }: NonNullable<TextIndex['parts']>,
): Generator<unknown[]> {
  const idOf = sqlite.prepare(`select "${id.name}" from "${getTableName(table)}" where rowid = ?`).pluck(true);
  for (const { row, passage } of indexedRows(sqlite, name))
    yield [idOf.get(Math.floor(row / perRow)), row % perRow, passage];
}
