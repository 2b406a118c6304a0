import { Worker } from 'node:worker_threads';
import type { SharedFacts } from '@dossier/seed-format';
import type { Problem } from '@dossier/seed-format/sources';
import {
  type InsertedRows,
  type PartsFile,
  recordedInserter,
  removeLeftovers,
  type StoreBuild,
  startStoreBuild,
  trackInserts,
} from '@dossier/store';
import { finishStore } from '../finishStore.js';
import { type Inserted, insertedOf, sharedSections } from '../knownParts.js';
import type { Plan } from '../plan.js';
import type { FolderToRead, SeedSources } from '../seedSources.js';
import { errorOf } from './failures.js';
import {
  type Failed,
  type FromReader,
  type FromWriter,
  type ReaderData,
  type ReadPart,
  type ToReader,
  type ToWriter,
  unpacked,
  type WriterData,
} from './messages.js';

/** Folders of a reader that are in its queue, or whose rows are not in the stores yet. It bounds the memory that they take. */
const QUEUED = 8;

export interface ThreadedBuild {
  sources: SeedSources;
  /** In the order in which they are read. */
  folders: readonly FolderToRead[];
  /** Number of threads that read folders. */
  readers: number;
  parts: PartsFile;
  /** Called for each folder, in order. */
  onRead: (folder: { statements: number; size: number }) => void;
}

/**
 * Builds stores as one thread would do, byte by byte: some threads read and check folders and compute their rows, and others insert them in
 * order, one for each store. The main thread does so for stores with rows that follow from several folders, and for all stores if
 * there is one reader, which takes longer. Resolves with the problems of the seeds; the stores are only built if there are none.
 */
export async function buildInThreads(plans: readonly Plan[], build: ThreadedBuild): Promise<Problem[]> {
  const threads = new Threads();
  const own = plans.filter(({ definition }) => definition.shared || build.readers === 1);
  const others = plans.filter((plan) => !own.includes(plan));
  const builds = new Map<Plan, StoreBuild>();
  try {
    for (const plan of own) builds.set(plan, startStoreBuild(plan));
    const writers = others.map((plan) => startWriter(threads, plan));
    const problems = await threads.orFailure(insertFolders({ plans, builds, writers, threads, build }));
    if (problems.length > 0) return problems;
    const finished = writers.map((writer) => writer.finish());
    for (const [plan, started] of builds) finishStore(plan, started, build.parts);
    await threads.orFailure(Promise.all(finished));
    return [];
  } finally {
    await threads.close();
    for (const started of builds.values()) started.discard();
    for (const { file } of others) removeLeftovers(file);
  }
}

/** Worker threads, of which none may fail. */
class Threads {
  readonly #workers: Worker[] = [];
  #fail: (error: Error) => void = () => {};
  readonly #failure = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor() {
    // It may come when nothing waits for it any more.
    this.#failure.catch(() => {});
  }

  start<To, From extends { kind: string }>(
    file: string,
    workerData: unknown,
    onMessage: (message: Exclude<From, { kind: 'failed' }>) => void,
  ): (message: To, transferred?: ArrayBuffer[]) => void {
    // A thread needs JavaScript: the built file is used even if the sources are run. The arguments of this process may be about its source.
    const worker = new Worker(new URL(`../../dist/threads/${file}`, import.meta.url), { workerData, execArgv: [] });
    this.#workers.push(worker);
    worker.on('message', (message: From | Failed) => {
      if (message.kind === 'failed') this.#fail(errorOf(message as Failed));
      else {
        try {
          onMessage(message as Exclude<From, { kind: 'failed' }>);
        } catch (error) {
          this.#fail(error as Error);
        }
      }
    });
    worker.on('error', this.#fail);
    worker.on('exit', () => this.#fail(new Error('A thread that builds stores ended.')));
    return (message, transferred = []) => worker.postMessage(message, transferred);
  }

  /** Resolves as a promise, or rejects when a thread fails. */
  orFailure<Value>(promise: Promise<Value>): Promise<Value> {
    return Promise.race([promise, this.#failure]);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

interface Writer {
  service: string;
  /** Resolves with the ids of the rows when they are inserted. */
  insert: (rows: Uint8Array<ArrayBuffer>, reader: number) => Promise<InsertedRows>;
  finish: () => Promise<void>;
}

function startWriter(threads: Threads, { definition, file, identity }: Plan): Writer {
  const data: WriterData = {
    file,
    identity,
    migrations: definition.migrations.href,
    seedCode: definition.seedCode.href,
  };
  const waiting: ((inserted: InsertedRows) => void)[] = [];
  let onFinished = () => {};
  const post = threads.start<ToWriter, FromWriter>('writerThread.js', data, (message) => {
    if (message.kind === 'inserted') waiting.shift()?.(message.inserted);
    else onFinished();
  });
  return {
    service: definition.name,
    insert: (rows, reader) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        post({ kind: 'rows', reader, rows }, [rows.buffer]);
      }),
    finish: () =>
      new Promise((resolve) => {
        onFinished = resolve;
        post({ kind: 'finish' });
      }),
  };
}

interface Reader {
  readFacts: (names: string[]) => Promise<Map<string, SharedFacts>>;
  index: (facts: Map<string, SharedFacts>) => void;
  read: (folder: FolderToRead) => Promise<ReadPart>;
}

function startReader(threads: Threads, data: ReaderData): Reader {
  let onFacts: (facts: Map<string, SharedFacts>) => void = () => {};
  const waiting: ((part: ReadPart) => void)[] = [];
  const post = threads.start<ToReader, FromReader>('readerThread.js', data, (message) => {
    if (message.kind === 'facts') onFacts(message.facts);
    else waiting.shift()?.(message);
  });
  return {
    readFacts: (names) =>
      new Promise((resolve) => {
        onFacts = resolve;
        post({ kind: 'facts', names });
      }),
    index: (facts) => post({ kind: 'index', facts }),
    read: ({ name, firstRow, digest }) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        post({ kind: 'read', name, firstRow, digest });
      }),
  };
}

/** Reads all folders and inserts their rows in order. Resolves with the problems of the seeds. */
async function insertFolders({
  plans,
  builds,
  writers,
  threads,
  build: { sources, folders, readers: count, parts, onRead },
}: {
  plans: readonly Plan[];
  builds: ReadonlyMap<Plan, StoreBuild>;
  writers: readonly Writer[];
  threads: Threads;
  build: ThreadedBuild;
}): Promise<Problem[]> {
  const definitions = plans.map(({ definition }) => definition);
  const data: ReaderData = {
    sources,
    services: definitions.map(({ name, seedCode }) => ({ name, seedCode: seedCode.href })),
    sections: [...sharedSections(definitions)],
  };
  const readers = Array.from({ length: count }, () => startReader(threads, data));
  await indexAll(readers, folders);
  const inserters = readers.map(() =>
    [...builds].map(([plan, build]) => ({ plan, build, insert: recordedInserter(build.db) })),
  );
  const problems: Problem[] = [];

  /** Inserts the rows of a folder, and resolves when they are in all stores. */
  const insert = async (reader: number, { name, room }: FolderToRead, part: ReadPart): Promise<void> => {
    for (const problem of part.problems) problems.push(problem);
    onRead(part);
    const { content } = part;
    // After a problem, the rest is only read to report all problems.
    if (problems.length > 0 || !content) return;
    if ('message' in content) throw errorOf(content);
    const { known, rows } = content;
    if (known.rows > room) throw new Error(`${name} changed while it was read; run the command again.`);
    // In the order of the stores, as one thread writes it.
    const inserted: Inserted = Object.fromEntries(definitions.map((definition) => [definition.name, {}]));
    const written = writers.map(async ({ service, insert: write }) => {
      inserted[service] = insertedOf(await write(rows.get(service) as Uint8Array<ArrayBuffer>, reader));
    });
    for (const { plan, build, insert: write } of inserters[reader] ?? []) {
      const tracked = trackInserts(build.db);
      build.write(() => write(unpacked(rows.get(plan.definition.name) as Uint8Array)));
      inserted[plan.definition.name] = insertedOf(tracked);
    }
    await Promise.all(written);
    parts.put({ ...known, inserted: JSON.stringify(inserted) });
  };
  await inOrder(folders, readers, insert);
  return problems;
}

/** Lets each reader know the records that all folders share, after each has read those of a share of the folders. */
async function indexAll(readers: readonly Reader[], folders: readonly FolderToRead[]): Promise<void> {
  const share = Math.ceil(folders.length / readers.length);
  const facts = await Promise.all(
    readers.map((reader, index) =>
      reader.readFacts(folders.slice(index * share, (index + 1) * share).map(({ name }) => name)),
    ),
  );
  const all = new Map(facts.flatMap((each) => [...each]));
  for (const reader of readers) reader.index(all);
}

/** Reads folders with all readers, and inserts them in order. At most QUEUED folders of each reader are not in the stores yet. */
async function inOrder(
  folders: readonly FolderToRead[],
  readers: readonly Reader[],
  insert: (reader: number, folder: FolderToRead, part: ReadPart) => Promise<void>,
): Promise<void> {
  const left = folders.values();
  let isPreviousStarted = Promise.resolve();
  const work = async (reader: Reader, number: number): Promise<void> => {
    for (const folder of left) {
      const previous = isPreviousStarted;
      let onStarted = () => {};
      isPreviousStarted = new Promise((resolve) => {
        onStarted = resolve;
      });
      const part = await reader.read(folder);
      await previous;
      const isInserted = insert(number, folder, part);
      onStarted();
      await isInserted;
    }
  };
  await Promise.all(readers.flatMap((reader, number) => Array.from({ length: QUEUED }, () => work(reader, number))));
}
