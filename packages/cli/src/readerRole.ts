import { check, type Finding } from './doctor.js';

/** Settings of the reader in `deploy/postgresql/roles.sql`. */
const SETTINGS: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'on',
  enable_hashjoin: 'off',
  enable_sort: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};

/** Any limit is accepted; 0 is none. */
const TIMEOUT = 'statement_timeout';

/** Runs a query in the database that is checked. Each row is an array. */
type Query = (query: { name: string; text: string }, values: readonly unknown[]) => Promise<unknown[][]>;

/** Checks that queries are planned as lists and lookups by index need it, end in time and only read. Otherwise they are correct, but may be slow or not end. */
export const checkReaderRole = (part: string, query: Query): Promise<Finding> =>
  check(part, async () => {
    const rows = await query(
      {
        name: 'reader_role',
        text: `select name, setting, has_database_privilege(current_database(), 'create') from pg_settings where name = any($1::text[])`,
      },
      [[...Object.keys(SETTINGS), TIMEOUT]],
    );
    if (rows.some(([, , isPublisher]) => isPublisher === true))
      return {
        part,
        outcome: 'skipped',
        message: 'The role of STORE_URL may publish: it is not the one that programs read with.',
      };
    const wrong = rows
      .filter(([name, setting]) => (name === TIMEOUT ? setting === '0' : setting !== SETTINGS[String(name)]))
      .map(([name]) => name)
      .sort();
    if (wrong.length === 0)
      return { part, outcome: 'ok', message: 'Its queries are planned as they should be, only read, and end in time.' };
    return {
      part,
      outcome: 'failed',
      message: `Queries may be slow, or not end: settings of the role differ from deploy/postgresql/roles.sql (${wrong.join(', ')}); use "alter role".`,
    };
  });
