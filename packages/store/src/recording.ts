import { prepare, type StoreDb } from './query.js';
import { trackRow } from './trackRows.js';

/** SQL that inserts rows, with its number of parameters. */
interface RecordedStatement {
  text: string;
  parameters: number;
  /** The table whose row ids are tracked; null if they are not. */
  table: string | null;
}

/** Rows that one thread computed for the store of another. */
export interface RecordedRows {
  /** Statements that were not in the rows that were taken before; they are numbered from 0. */
  statements: RecordedStatement[];
  /** For each row, the number of its statement, followed by its parameters. */
  values: unknown[];
}

const recordings = new WeakMap<StoreDb, RowRecording>();

/** The recording that takes the place of a store; undefined for a store. */
export const recordingOf = (db: StoreDb): RowRecording | undefined => recordings.get(db);

/** Records rows that are inserted into `db`, which is not a store, instead of inserting them. */
export class RowRecording {
  readonly db: StoreDb;
  readonly #numbers = new Map<string, number>();
  #statements: RecordedStatement[] = [];
  #values: unknown[] = [];

  constructor() {
    this.db = {
      get $client(): never {
        throw new Error('The rows of a folder of seeds must not depend on the rows of others.');
      },
    } as unknown as StoreDb;
    recordings.set(this.db, this);
  }

  add(text: string, parameters: readonly unknown[], table: string | null): void {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
      this.#statements.push({ text, parameters: parameters.length, table });
    }
    this.#values.push(number);
    for (const parameter of parameters) this.#values.push(parameter);
  }

  /** The rows since this was called before. */
  take(): RecordedRows {
    const rows = { statements: this.#statements, values: this.#values };
    this.#statements = [];
    this.#values = [];
    return rows;
  }
}

/** Returns a function that inserts the rows of one recording, in the order in which they were taken. */
export function recordedInserter(db: StoreDb): (rows: RecordedRows) => void {
  const known: RecordedStatement[] = [];
  return ({ statements, values }) => {
    for (const statement of statements) known.push(statement);
    for (let at = 0; at < values.length; ) {
      const { text, parameters, table } = known[values[at] as number] as RecordedStatement;
      const end = at + 1 + parameters;
      const { changes, lastInsertRowid } = prepare(db, text).run(...values.slice(at + 1, end));
      if (table !== null && changes > 0) trackRow(db, table, lastInsertRowid);
      at = end;
    }
  };
}
