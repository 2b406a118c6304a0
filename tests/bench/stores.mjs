import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as actors from '@dossier/actors';
import { seedStores, withProgress } from '@dossier/cli';
import { fromWorkspace } from '@dossier/config';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import * as trade from '@dossier/trade';

export const SERVICES = { actors, statements, sanctions, trade };
const definitions = Object.values(SERVICES).map(({ definition }) => definition);

/**
 * Builds stores of a size as in production, from seed files and with every check, unless they exist. Returns
 * their folder, the folder of their seeds, the seconds that building took if it was done, and the statements per second.
 */
export const benchStores = (size) => storesIn(join(tmpdir(), `dossier-bench-${size}`), size, GENERATOR);

/** The same of an archive that the reader shows, with more kinds of records. */
export const readerStores = (size) => storesIn(join(tmpdir(), `dossier-bench-reader-${size}`), size, READER_GENERATOR);

async function storesIn(dataDir, size, generator) {
  const seedsDir = await writeSeeds(size, dataDir, generator);
  const rateFile = join(dataDir, 'rate');
  const startedAt = performance.now();
  const seeded = await withProgress((onProgress) =>
    seedStores(definitions, { seedsDir, dataDir, force: !existsSync(rateFile), onProgress }),
  );
  const isBuilt = seeded.some(({ result }) => result !== 'unchanged');
  const seconds = isBuilt ? (performance.now() - startedAt) / 1000 : null;
  if (seconds !== null) writeFileSync(rateFile, String(size / seconds));
  return { dataDir, seedsDir, seconds, rate: Number(readFileSync(rateFile, 'utf8')) };
}

/** Builds stores of the seeds of this repository, unless they exist and are up to date. */
export async function repositoryStores() {
  const [dataDir, seedsDir] = [join(tmpdir(), 'dossier-bench-seeds'), fromWorkspace('seeds')];
  await seedStores(definitions, { seedsDir, dataDir });
  return { dataDir, seedsDir };
}

const GENERATOR = new URL('./data.mjs', import.meta.url);
const READER_GENERATOR = new URL('./readerData.mjs', import.meta.url);

/**
 * Writes the seeds of a size as files, in a subfolder named after the code that generates them: this commit's, or the file
 * given as `generator`. Returns the subfolder.
 */
export async function writeSeeds(size, dataDir, generator = GENERATOR, perDocument = undefined) {
  const { benchFolders } = await import(generator.href);
  const made = createHash('sha256').update(readFileSync(generator)).digest('hex');
  const seedsDir = join(dataDir, `seeds-${made.slice(0, 16)}`);
  if (existsSync(seedsDir)) return seedsDir;
  const writing = `${seedsDir}.writing`;
  rmSync(writing, { recursive: true, force: true });
  for (const { name, files } of benchFolders(size, perDocument)) {
    mkdirSync(join(writing, name), { recursive: true });
    // JSON is YAML.
    for (const [stem, content] of Object.entries(files))
      writeFileSync(join(writing, name, `${stem}.yaml`), JSON.stringify(content));
  }
  renameSync(writing, seedsDir);
  return seedsDir;
}
