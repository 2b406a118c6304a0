import { fromWorkspace } from '@dossier/config';
import { checkStore, copyStore } from '@dossier/store';
import { type SeedableDefinition, storeFile } from './seeding.js';

export interface BackupOptions {
  dataDir: string;
  /** Folder of the backups, which have the same file names as the stores. */
  folder: string;
  /** Whether to replace existing files; false by default. */
  force?: boolean;
  print: (text: string) => void;
}

/** Copies the stores of services into a folder and prints each copy. Rejects with a StoreError if one cannot be copied. */
export const backUpStores = (
  definitions: SeedableDefinition[],
  { dataDir, folder, ...options }: BackupOptions,
): Promise<void> =>
  copyStores(definitions, { from: dataDir, to: fromWorkspace(folder), verb: 'backed up', ...options });

/** Replaces stores by their backups. Replaces none unless all backups are complete. */
export const restoreStores = (
  definitions: SeedableDefinition[],
  { dataDir, folder, ...options }: BackupOptions,
): Promise<void> => copyStores(definitions, { from: fromWorkspace(folder), to: dataDir, verb: 'restored', ...options });

async function copyStores(
  definitions: SeedableDefinition[],
  {
    from,
    to,
    verb,
    force = false,
    print,
  }: { from: string; to: string; verb: string } & Pick<BackupOptions, 'force' | 'print'>,
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
    print(`${name}: ${verb}, revision ${revision}, ${storeFile(to, name)}`);
  }
}
