import { availableParallelism } from 'node:os';
import type { OpenedSeeds } from '@dossier/seed-format';
import { type FolderState, formatProblem, inReadingOrder, type Problem } from '@dossier/seed-format/sources';
import { type PartsFile, type StoreBuild, startStoreBuild, trackInserts } from '@dossier/store';
import { finishStore } from './finishStore.js';
import { type Inserted, insertedOf, knownPart, orderedRows, roomFor, sharedSections } from './knownParts.js';
import type { Plan } from './plan.js';
import { checkOptions, type FolderToRead, type SeedSources, withWords } from './seedSources.js';
import type { SeedModule } from './threads/messages.js';

const MAX_LISTED_PROBLEMS = 50;

/** Invalid seeds. The message lists the first problems with their files and lines, and counts the others. Exit status 2. */
export class SeedError extends Error {
  constructor(problems: Problem[]) {
    const others = problems.length - MAX_LISTED_PROBLEMS;
    super(
      [
        'The seeds are invalid, so no store was built:',
        ...problems.slice(0, MAX_LISTED_PROBLEMS).map(formatProblem),
        ...(others > 0 ? [`${others} more; "npm run seeds -- check" lists all problems.`] : []),
      ].join('\n'),
    );
    this.name = 'SeedError';
  }
}

export interface BuildOptions extends SeedSources {
  folders: ReadonlyMap<string, FolderState>;
  /** Opens the seeds, instead of all in the folder. */
  open?: () => OpenedSeeds | Promise<OpenedSeeds>;
  /** Number of threads that read seeds; null: chosen by the machine and the size of the seeds. */
  threads?: number | null;
  /** Called after each folder, with its number of statements and its size in characters. */
  onRead: (folder: { statements: number; size: number }) => void;
}

/** With less bytes of seeds, one thread is faster: starting others takes as long as reading this. */
const MIN_BYTES_FOR_THREADS = 4 * 1024 * 1024;
/** The store with the most rows takes the time that two to three threads take to read them. */
const MAX_THREADS = 4;

/** Builds stores from scratch, and writes what is known of each folder to `parts`. Throws a SeedError if the seeds have a problem. */
export async function buildStores(plans: readonly Plan[], options: BuildOptions, parts: PartsFile): Promise<void> {
  const { openSeeds } = await import('@dossier/seed-format');
  const opened = await (options.open?.() ?? openSeeds(options.seedsDir, checkOptions(options)));
  const problems = [...opened.problems];
  const threads = !options.open && problems.length === 0 && (await canImport(plans)) ? threadsFor(options) : 0;
  if (threads > 0) {
    const { buildInThreads } = await import('./threads/buildInThreads.js');
    const { seedsDir, documentsDir = null, indexWords = true, onRead } = options;
    const found = await buildInThreads(plans, {
      sources: { seedsDir, documentsDir, indexWords },
      folders: foldersToRead(options.folders),
      readers: threads,
      parts,
      onRead,
    });
    if (found.length > 0) throw new SeedError(found);
    return;
  }
  const builds: { plan: Plan; build: StoreBuild }[] = [];
  const sections = sharedSections(plans.map(({ definition }) => definition));
  try {
    for (const plan of plans) builds.push({ plan, build: startStoreBuild(plan) });
    const seeds = opened.index();
    let firstRow = 1;
    for (const name of seeds.names) {
      const part = withWords(seeds.read(name), options);
      append(problems, part.problems);
      // After a problem, the rest is only read to report all problems.
      if (problems.length === 0) {
        const inserted: Inserted = {};
        for (const { plan, build } of builds) {
          const rows = trackInserts(build.db);
          build.write(() => plan.definition.seed?.(build.db, part, firstRow));
          inserted[plan.definition.name] = insertedOf(rows);
        }
        const state = options.folders.get(name);
        const { digest = '', bytes = part.size } = state ?? {};
        parts.put(knownPart(part, { digest, firstRow, facts: seeds.factsOf(name), inserted, sections }));
        firstRow += Math.max(roomFor(bytes), orderedRows(part.seeds));
      }
      options.onRead({ statements: part.seeds.statements.length, size: part.size });
    }
    if (problems.length > 0) throw new SeedError(problems);
    for (const { plan, build } of builds) finishStore(plan, build, parts);
  } finally {
    for (const { build } of builds) build.discard();
  }
}

/** Reads and checks all seeds without building stores. Throws a SeedError if they have a problem. */
export async function verifySeeds(options: Pick<BuildOptions, keyof SeedSources | 'onRead'>): Promise<void> {
  const { openSeeds } = await import('@dossier/seed-format');
  const { problems, parts } = openSeeds(options.seedsDir, checkOptions(options));
  for (const part of parts()) {
    append(problems, part.problems);
    options.onRead({ statements: part.seeds.statements.length, size: part.size });
  }
  if (problems.length > 0) throw new SeedError(problems);
}

/** The folders in the order in which they are read, with the ids of their rows. */
function foldersToRead(folders: BuildOptions['folders']): FolderToRead[] {
  let nextRow = 1;
  return inReadingOrder(folders.keys()).map((name) => {
    const { digest, bytes } = folders.get(name) as FolderState;
    const [firstRow, room] = [nextRow, roomFor(bytes)];
    nextRow += room;
    return { name, digest, firstRow, room };
  });
}

/** Whether the modules of seeding code are those of the definitions, so that threads can import them. */
async function canImport(plans: readonly Plan[]): Promise<boolean> {
  const areSame = plans.map(async ({ definition: { seedCode, seed, finishRows } }) => {
    try {
      const module = (await import(seedCode.href)) as SeedModule;
      return module.seed === seed && module.finishRows === finishRows;
    } catch {
      return false;
    }
  });
  return (await Promise.all(areSame)).every(Boolean);
}

function threadsFor({ threads, folders, documentsDir }: BuildOptions): number {
  if (threads !== null && threads !== undefined) return threads;
  const bytes = [...folders.values()].reduce((sum, folder) => sum + folder.bytes, 0);
  if (bytes < MIN_BYTES_FOR_THREADS) return 0;
  // Each has all mounted texts in memory, to compare records with.
  return Math.min(availableParallelism() - 1, documentsDir ? 1 : MAX_THREADS);
}

// `push(...items)` overflows the stack with many items.
function append(problems: Problem[], added: readonly Problem[]): void {
  for (const problem of added) problems.push(problem);
}
