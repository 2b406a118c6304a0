import { deserialize, serialize } from 'node:v8';
import type { SeedPart, SharedFacts } from '@dossier/seed-format';
import type { Problem } from '@dossier/seed-format/sources';
import type { InsertedRows, KnownPart, RecordedRows, StoreError, StoreIdentity } from '@dossier/store';
import type { SubgraphDefinition } from '@dossier/subgraph-server';
import type { SeedSources } from '../seedSources.js';

/** What the module `seedCode` of a service exports, as far as threads use it. */
export type SeedModule = Pick<SubgraphDefinition<object>, 'seed' | 'finishRows'>;

/** Worker data of a thread that reads folders of seeds. */
export interface ReaderData {
  sources: SeedSources;
  services: { name: string; seedCode: string }[];
  /** Sections of records that shared rows follow from. */
  sections: (keyof SeedPart['seeds'])[];
}

/** Messages to a reader: `facts` once, then `index` once with those of all folders, then `read` for each folder. */
export type ToReader =
  | { kind: 'facts'; names: string[] }
  | { kind: 'index'; facts: Map<string, SharedFacts> }
  | { kind: 'read'; name: string; firstRow: number; digest: string };

/** A folder that was read. */
export interface ReadPart {
  kind: 'part';
  problems: Problem[];
  statements: number;
  /** See `SeedPart`. */
  size: number;
  /** What is known of it, without `inserted`, and its rows by service, in the format of `packed`; null if it has a problem. */
  content: { known: KnownPart; rows: Map<string, Uint8Array> } | Failed | null;
}

export type FromReader = { kind: 'facts'; facts: Map<string, SharedFacts> } | ReadPart | Failed;

/** Worker data of a thread that writes a store. The main thread has the lock. */
export interface WriterData {
  file: string;
  identity: StoreIdentity;
  migrations: string;
  seedCode: string;
}

/** Messages to a writer: `rows` for each folder, in order, then `finish`. */
export type ToWriter = { kind: 'rows'; reader: number; rows: Uint8Array } | { kind: 'finish' };

export type FromWriter = { kind: 'inserted'; inserted: InsertedRows } | { kind: 'finished' } | Failed;

/** The thread failed. `storeError` is the reason of a StoreError. */
export interface Failed {
  kind: 'failed';
  message: string;
  stack: string | undefined;
  storeError: StoreError['reason'] | null;
}

/** Rows as bytes, which are passed on to other threads without copying them. */
export const packed = (rows: RecordedRows): Uint8Array<ArrayBuffer> => new Uint8Array(serialize(rows));

export const unpacked = (bytes: Uint8Array): RecordedRows => deserialize(bytes) as RecordedRows;
