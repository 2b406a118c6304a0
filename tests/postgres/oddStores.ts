import { join } from 'node:path';
import Database from 'better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { revisionOf } from '../support/revisions.js';
import type { SeededRandom } from '../support/seededRandom.js';
import { SERVICES } from '../support/services.js';
import { copyOfStores } from '../support/stores.js';

/** Columns with free text. */
const TEXTS = [
  ...['name', 'note', 'label', 'title', 'description', 'rationale', 'summary', 'venue', 'explanation', 'stated_as'],
  ...['series', 'hs_code', 'cap', 'paragraph_source'],
];
const INTEGERS = ['length', 'byte_length', 'start', 'end', 'number', 'level'];
const DAYS = ['earliest', 'latest', 'in_force_from', 'in_force_until', 'deadline', 'listed_on', 'delisted_on'];

/** Texts that differ in ways that a collation or a normalization ignores, or that a copy has to escape. */
const ODD_TEXTS = [
  ...[
    'Strelsau',
    'strelsau',
    'STRELSAU',
    'Strélsau',
    'Stre\u0301lsau',
    'strelsau ',
    ' strelsau',
    'strel-sau',
    'ſtrelſau',
  ],
  ...[
    '',
    ' ',
    '\\N',
    '\\.',
    '\\',
    'a\tb',
    'a\nb',
    'a\r\nb',
    '"',
    "'",
    '%',
    '_',
    '\ufffd',
    '\u0085',
    '\ue000',
    '\u200d',
  ],
  ...[
    'ß',
    'ẞ',
    'ı',
    'İ',
    'ς',
    'Σ',
    'ﬁ',
    'Ω',
    'Ω',
    '가',
    '가',
    'ｶﾞ',
    'ガ',
    'กำ',
    'क्षि',
    'عَرَبِيّ',
    '漢',
    '神',
    '👩‍🚀',
    '𝒽',
    '\u{10fffd}',
  ],
  ...['0', '-0', '00', '1e3', 'NaN', 'null', 'true', '{}', '[]', '9007199254740993', 'z'.repeat(9_000)],
];
const EDGES = [0, -1, 1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 42];
/** Few, so that most rows have the day of another one. */
const FEW_DAYS = ['2022-07-31', '2022-07-31', '2022-08-01', '0001-01-01', '9999-12-31'];

const VALUES: { columns: string[]; values: (string | number)[] }[] = [
  { columns: TEXTS, values: ODD_TEXTS },
  { columns: INTEGERS, values: EDGES },
  { columns: DAYS, values: FEW_DAYS },
];

/**
 * A copy of the stores with values that engines may treat differently: texts in many scripts and forms, numbers at the edges of types, the
 * same day in most rows, and null where it is allowed.
 */
export function oddStores(folder: string, random: SeededRandom): string {
  copyOfStores(folder);
  for (const { definition } of Object.values(SERVICES)) {
    const db = new Database(join(folder, `${definition.name}.sqlite`));
    db.pragma('foreign_keys = off');
    db.transaction(() => {
      db.prepare('update store set revision = ?').run(revisionOf(0xd0d));
      for (const table of definition.tables as readonly SQLiteTable[]) changeRows(db, table, random);
    })();
    db.close();
  }
  return folder;
}

function changeRows(db: Database.Database, table: SQLiteTable, random: SeededRandom): void {
  const { name, columns } = getTableConfig(table);
  for (const column of columns) {
    const values = VALUES.find(({ columns: names }) => names.includes(column.name))?.values;
    if (!values || column.primary || column.isUnique) continue;
    const update = db.prepare(`update "${name}" set "${column.name}" = ? where rowid = ?`);
    for (const row of db.prepare(`select rowid from "${name}" order by rowid`).pluck().all()) {
      if (random.chance(40)) continue;
      update.run(!column.notNull && random.chance(35) ? null : random.of(values), row);
    }
  }
}
