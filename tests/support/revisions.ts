import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { copyOfStores, sharedStores } from './stores.js';

/** A copy of the stores, in which every figure of the service trade has the revision as its note. */
export function storesWithNotes(folder: string, revision: string): string {
  const copy = join(folder, revision);
  cpSync(sharedStores(), copy, { recursive: true });
  writeNotes(join(copy, 'trade.sqlite'), revision);
  return copy;
}

/** The same in all four services, in rows that have a note. */
export function allWithNotes(folder: string, revision: string): string {
  const copy = copyOfStores(join(folder, revision));
  for (const [service, table] of Object.entries(NOTED)) writeNotes(join(copy, `${service}.sqlite`), revision, table);
  return copy;
}

const NOTED = { actors: 'event', statements: 'statement', sanctions: 'regime', trade: 'trade_figure' };

/** The same, of the store of the service trade only. */
export function tradeWithNotes(folder: string, revision: string): string {
  const file = join(folder, `${revision}.sqlite`);
  copyFileSync(join(sharedStores(), 'trade.sqlite'), file);
  writeNotes(file, revision);
  return file;
}

function writeNotes(file: string, revision: string, table = NOTED.trade): void {
  const db = new Database(file);
  db.prepare('update store set revision = ?').run(revision);
  db.prepare(`update ${table} set note = ?`).run(revision);
  db.close();
}

/** A revision for each number, in order. */
export const revisionOf = (number: number): string => number.toString(16).padStart(16, '0');
