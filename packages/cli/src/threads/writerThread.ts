import { parentPort, workerData } from 'node:worker_threads';
import { recordedInserter, type StoreBuild, startStoreBuild, trackInserts } from '@dossier/store';
import { failedWith } from './failures.js';
import { type FromWriter, type SeedModule, type ToWriter, unpacked, type WriterData } from './messages.js';

// Writes a store from rows that readers computed.

const { file, identity, migrations, seedCode } = workerData as WriterData;
const { finishRows } = (await import(seedCode)) as SeedModule;
let build: StoreBuild | null = null;
/** By reader. */
const inserters = new Map<number, ReturnType<typeof recordedInserter>>();

function respond(message: ToWriter): FromWriter {
  build ??= startStoreBuild({ file, identity, migrations: new URL(migrations) });
  const { db, write, finish } = build;
  if (message.kind === 'finish') {
    write(() => finishRows?.(db));
    finish();
    return { kind: 'finished' };
  }
  const insert = inserters.get(message.reader) ?? recordedInserter(db);
  inserters.set(message.reader, insert);
  const inserted = trackInserts(db);
  write(() => insert(unpacked(message.rows)));
  return { kind: 'inserted', inserted };
}

const send = (message: FromWriter) => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToWriter) => {
  try {
    send(respond(message));
  } catch (error) {
    build?.discard();
    send(failedWith(error));
  }
});
