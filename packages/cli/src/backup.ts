import { existsSync } from 'node:fs';
import { ConfigError, fromWorkspace } from '@dossier/config';
import {
  checkStore,
  copyStore,
  fetchStore,
  inspectStore,
  publishStore,
  StoreError,
  type StoreIdentity,
} from '@dossier/store';
import type { SeedableDefinition } from './plan.js';
import { notes, warnOfWords } from './progress.js';
import { expectedIdentity, storeFile } from './seeding.js';
import type { SeedSources } from './seedSources.js';

/** Flags of `restore`. */
export const RESTORE_OPTIONS = { '--force': 'replace existing files' };

/** Flags of `backup`. */
export const BACKUP_OPTIONS = {
  ...RESTORE_OPTIONS,
  '--artifact': 'write <service>/<revision>.sqlite, which "fetch" installs',
};

export interface BackupOptions {
  dataDir: string;
  /** Folder of the backups, which have the same file names as the stores. */
  folder: string;
  /** Whether to replace existing files; false by default. */
  force?: boolean;
  /** Whether to write `<service>/<revision>.sqlite`, which `fetch` installs, instead; false by default. */
  artifact?: boolean;
  print: (text: string) => void;
}

/** Copies the stores of services into a folder and prints each copy. Rejects with a StoreError if one cannot be copied. */
export async function backUpStores(
  definitions: SeedableDefinition[],
  { dataDir, folder, artifact = false, print, ...options }: BackupOptions,
): Promise<void> {
  const to = fromWorkspace(folder);
  if (!artifact) {
    await checkStores(definitions, dataDir);
    return copyCheckedStores(definitions, { from: dataDir, to, verb: 'backed up', print, ...options });
  }
  for (const { name, migrations } of definitions) {
    const from = storeFile(dataDir, name);
    const { file, identity } = await publishStore({ from, folder: to, service: name, migrations, ...notes });
    if (identity.texts) warnOfWords(name, identity.texts);
    print(`${name}: published, revision ${identity.revision}, ${file}`);
  }
}

/** Replaces stores with their backups. Replaces none unless all backups are complete. */
export async function restoreStores(
  definitions: SeedableDefinition[],
  { dataDir, folder, ...options }: BackupOptions,
): Promise<void> {
  const from = fromWorkspace(folder);
  try {
    await checkStores(definitions, from);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(
      error.reason,
      `The backup in ${from} cannot be restored, and no store was replaced. ${error.message}`,
    );
  }
  await copyCheckedStores(definitions, { from, to: dataDir, verb: 'restored', ...options });
}

/** Rejects with a StoreError if a store in a folder is missing, damaged or not of these programs. */
async function checkStores(definitions: SeedableDefinition[], folder: string): Promise<void> {
  for (const { name, migrations } of definitions) await checkStore(storeFile(folder, name), name, migrations);
}

async function copyCheckedStores(
  definitions: SeedableDefinition[],
  {
    from,
    to,
    verb,
    force = false,
    print,
  }: { from: string; to: string; verb: string } & Pick<BackupOptions, 'force' | 'print'>,
): Promise<void> {
  for (const { name, migrations } of definitions) {
    const { revision, texts } = await copyStore({
      from: storeFile(from, name),
      to: storeFile(to, name),
      service: name,
      migrations,
      force,
      ...notes,
    });
    if (texts) warnOfWords(name, texts);
    print(`${name}: ${verb}, revision ${revision}, ${storeFile(to, name)}`);
  }
}

export interface FetchStoresOptions extends SeedSources {
  dataDir: string;
  /** URL or folder in which `backup <folder> --artifact` published the stores. */
  base: string;
  /** The revision to install; that of the seeds and texts by default. */
  revision?: string | undefined;
  print: (text: string) => void;
}

/** Installs published stores. Rejects with a StoreError, or with a ConfigError if the revision is not known. */
export async function fetchStores(
  definitions: SeedableDefinition[],
  { dataDir, base, revision, print, ...sources }: FetchStoresOptions,
): Promise<void> {
  for (const definition of definitions) {
    const { name, migrations } = definition;
    const identity =
      revision === undefined ? identityOfSeeds(definition, sources) : { service: name, revision: asRevision(revision) };
    const file = storeFile(dataDir, name);
    const result = await fetchStore({ base, resolvePath: fromWorkspace, identity, file, migrations, ...notes });
    const { texts } = inspectStore(file, name, migrations);
    if (texts) warnOfWords(name, texts);
    print(`${name}: ${result}, revision ${identity.revision}, ${file}`);
  }
}

function identityOfSeeds(definition: SeedableDefinition, sources: SeedSources): StoreIdentity {
  const { seedsDir } = sources;
  if (!existsSync(seedsDir))
    throw new ConfigError([
      `SEEDS_DIR="${seedsDir}" does not exist, so the revision is not known; name one: fetch <base> <revision>.`,
    ]);
  return expectedIdentity(definition, sources);
}

function asRevision(text: string): string {
  if (!/^[0-9a-f]{16}$/.test(text))
    throw new ConfigError([`"${text}" is not a revision; expected 16 hexadecimal digits, as "backup" prints them.`]);
  return text;
}
