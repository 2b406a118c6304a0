import { createHash } from 'node:crypto';
import { getTableName, is } from 'drizzle-orm';
import { type AnySQLiteColumn, getTableConfig, SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type IdInKey, idColumn } from '../idInKey.js';
import { type TextIndex, wordListsOf } from '../textIndex.js';

/** The tables of a service, as they are declared for SQLite. */
export interface StoreTables {
  tables: readonly SQLiteTable[];
  textIndexes?: readonly TextIndex[];
  /** Columns by which requests read the rows of several values, few for each value. They have a hash index, see `hashIndex`. */
  lookedUpBy?: readonly AnySQLiteColumn[];
  idsInKeys?: readonly IdInKey[];
}

/** The names of all tables of a schema. */
export const tableNames = ({ tables, textIndexes = [] }: StoreTables): string[] => [
  ...tables.map(getTableName),
  ...textIndexes.flatMap(({ name, parts }) => [name, wordListsOf(name), ...(parts ? [parts.name] : [])]),
];

/** Whether the tables of a schema are distributed over several nodes. By default they are not. */
export interface Distribution {
  isDistributed?: boolean;
}

/** The statements that create a store's schema: tables before the rows are copied, the rest after. */
export interface SchemaDdl {
  tables: string[];
  indexes: string[];
}

/** Comparisons by bytes, as in SQLite, whatever the collation of the database. */
const TYPES: Readonly<Record<string, string>> = {
  text: 'text collate "C"',
  integer: 'bigint',
  real: 'double precision',
};

const TEXT = TYPES['text'] as string;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const columnList = (columns: readonly { name: string }[]): string => columns.map(({ name }) => quoted(name)).join(', ');

/**
 * The statements for a schema, whose name is a quoted identifier. In a distributed one, keys are ordinary indexes, and there are no foreign
 * keys, because these would have to include the column by which rows are distributed. Ids in keys have columns, to be that column.
 */
export function schemaDdl(
  { tables, textIndexes = [], lookedUpBy = [], idsInKeys = [] }: StoreTables,
  schema: string,
  { isDistributed = false }: Distribution = {},
): SchemaDdl {
  const referenced = new Set(
    tables.flatMap((table) => getTableConfig(table).foreignKeys.map((key) => key.reference().foreignTable)),
  );
  const of = tables.map((table) =>
    tableDdl(table, schema, {
      lookedUpBy,
      isReferenced: referenced.has(table),
      idsInKeys: isDistributed ? idsOf(table, idsInKeys) : [],
    }),
  );
  const text = textIndexes.map((index) => textIndexDdl(index, schema));
  const all = [...of, ...text];
  const indexes = all.flatMap((ddl) => ddl.indexes);
  return {
    tables: all.flatMap((ddl) => ddl.tables),
    // Foreign keys last: they need the unique indexes of other tables.
    indexes: isDistributed ? indexes.map(withoutConstraint) : [...indexes, ...of.flatMap((ddl) => ddl.foreignKeys)],
  };
}

/** The ids in keys of a table. */
export const idsOf = (table: SQLiteTable, idsInKeys: readonly IdInKey[]): IdInKey[] =>
  idsInKeys.filter(({ key }) => key.table === table);

/** The statement for an ordinary index instead of a key or a unique index. */
const withoutConstraint = (statement: string): string =>
  statement
    .replace(/^alter table (.+) add (?:primary key|unique) (\(.+\))$/, 'create index on $1 $2')
    .replace(/^create unique index /, 'create index ');

/** Identifies the structure of a store, so that a program does not read one of another version; 16 hex digits. */
export function structureOf(tables: StoreTables, distribution: Distribution = {}): string {
  const { tables: created, indexes } = schemaDdl(tables, '"schema"', distribution);
  return createHash('sha256')
    .update([...created, ...indexes].join(';'))
    .digest('hex')
    .slice(0, 16);
}

function tableDdl(
  table: SQLiteTable,
  schema: string,
  {
    lookedUpBy,
    isReferenced,
    idsInKeys,
  }: Pick<Required<StoreTables>, 'lookedUpBy' | 'idsInKeys'> & { isReferenced: boolean },
): SchemaDdl & { foreignKeys: string[] } {
  const { name, columns, primaryKeys, uniqueConstraints, indexes, foreignKeys } = getTableConfig(table);
  const qualified = `${schema}.${quoted(name)}`;
  const definitions = columns.map((column) => {
    const type = TYPES[column.getSQLType()];
    if (type === undefined)
      throw new Error(`${name}.${column.name} has the type ${column.getSQLType()}, which is not mapped.`);
    return `${quoted(column.name)} ${type}${column.notNull ? ' not null' : ''}`;
  });
  definitions.push(...idsInKeys.map(({ type }) => `${quoted(idColumn(type))} ${TEXT} not null`));
  const keys = [
    ...columns.filter(({ primary }) => primary).map((column) => [column]),
    ...primaryKeys.map((key) => key.columns),
  ];
  const uniques = [
    ...columns.filter(({ isUnique, primary }) => isUnique && !primary).map((column) => [column]),
    ...uniqueConstraints.map((constraint) => constraint.columns),
  ];
  // A table of ids only: PostgreSQL would prefer the key, which has all columns, to the hash index, which reads fewer blocks.
  const hasKey = columns.length > 1 || isReferenced;
  return {
    tables: [`create table ${qualified} (${definitions.join(', ')})`],
    indexes: [
      ...keys.flatMap((key) => [
        ...(hasKey ? [`alter table ${qualified} add primary key (${columnList(key)})`] : []),
        ...(key.length === 1 ? [hashIndex(qualified, columnList(key))] : []),
      ]),
      ...lookedUpBy
        .filter((column) => column.table === table)
        .map((column) => hashIndex(qualified, columnList([column]))),
      ...uniques.map((unique) => `alter table ${qualified} add unique (${columnList(unique)})`),
      ...indexes.map(({ config }) => {
        const indexed = config.columns.map((column) => {
          if (!is(column, SQLiteColumn))
            throw new Error(`The index ${config.name} has an expression, which is not mapped.`);
          return column;
        });
        return `create ${config.unique ? 'unique ' : ''}index ${quoted(config.name)} on ${qualified} (${columnList(indexed)})`;
      }),
    ],
    foreignKeys: foreignKeys.map((key) => {
      const { columns: from, foreignTable, foreignColumns } = key.reference();
      const target = `${schema}.${quoted(getTableConfig(foreignTable).name)}`;
      return `alter table ${qualified} add foreign key (${columnList(from)}) references ${target} (${columnList(foreignColumns)})`;
    }),
  };
}

/** For rows that are looked up one by one: a hash index reads as many blocks in a large table as in a small one. */
const hashIndex = (table: string, column: string): string => `create index on ${table} using hash (${column})`;

function textIndexDdl({ name, parts }: TextIndex, schema: string): SchemaDdl {
  const qualified = `${schema}.${quoted(name)}`;
  const lists = `${schema}.${quoted(wordListsOf(name))}`;
  const tables = [
    `create table ${qualified} (row bigint not null, id ${TEXT} not null, key ${TEXT} not null, summary ${TEXT} not null, passage ${TEXT} not null, words tsvector not null)`,
    `create table ${lists} (term ${TEXT} not null, last bigint not null, matches bigint not null, rows bigint[] not null)`,
  ];
  const indexes = [
    `alter table ${qualified} add primary key (id)`,
    hashIndex(qualified, 'id'),
    hashIndex(qualified, 'row'),
    `alter table ${lists} add primary key (term, last)`,
    `create unique index ${quoted(`${name}_key`)} on ${qualified} (key, id)`,
    `create index ${quoted(`${name}_words`)} on ${qualified} using gin (words) with (fastupdate = off)`,
  ];
  if (!parts) return { tables, indexes };
  const partsTable = `${schema}.${quoted(parts.name)}`;
  return {
    tables: [
      ...tables,
      `create table ${partsTable} (id ${TEXT} not null, position bigint not null, passage ${TEXT} not null)`,
    ],
    indexes: [...indexes, `alter table ${partsTable} add primary key (id, position)`],
  };
}
