import { fromWorkspace } from '@dossier/config';
import { checkStore, copyStore } from '@dossier/store';
import { type SeedableDefinition, storeFile } from './seeding.js';

export interface BackupOptions {
  dataDir: string;
  /** Where the backups are, named as the stores are. */
  folder: string;
  /** Replace what is there. */
  force?: boolean;
  say: (text: string) => void;
}

/** Copies each service's store into a folder. Rejects with a StoreError where one cannot be, and says which were. */
export const backUpStores = (
  definitions: SeedableDefinition[],
  { dataDir, folder, ...options }: BackupOptions,
): Promise<void> =>
  copyStores(definitions, { from: dataDir, to: fromWorkspace(folder), done: 'backed up', ...options });

/** Puts backups in place of stores. Nothing is replaced unless all backups are whole. */
export const restoreStores = (
  definitions: SeedableDefinition[],
  { dataDir, folder, ...options }: BackupOptions,
): Promise<void> => copyStores(definitions, { from: fromWorkspace(folder), to: dataDir, done: 'restored', ...options });

async function copyStores(
  definitions: SeedableDefinition[],
  {
    from,
    to,
    done,
    force = false,
    say,
  }: { from: string; to: string; done: string } & Pick<BackupOptions, 'force' | 'say'>,
): Promise<void> {
  for (const { name, migrations } of definitions) await checkStore(storeFile(from, name), name, migrations);
  for (const { name, migrations } of definitions) {
    const { revision } = await copyStore({
      from: storeFile(from, name),
      to: storeFile(to, name),
      service: name,
      migrations,
      force,
    });
    say(`${name}: ${done}, revision ${revision}, ${storeFile(to, name)}`);
  }
}
