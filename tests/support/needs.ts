import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { workspaceRoot } from '@dossier/config';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test needs of the machine. Shown at the end of a run in which it was skipped. */
    needs?: string;
  }
}

/** Something that not every machine has. Tests that need it are declared with `it.skipIf(need.isMissing)(name, need.options, …)`. */
interface Need {
  isMissing: boolean;
  options: { meta: { needs: string } };
}

const need = (isMet: boolean, needs: string): Need => ({ isMissing: !isMet, options: { meta: { needs } } });
const pathIn = (variable: string): string | null =>
  process.env[variable] ? resolve(workspaceRoot(), process.env[variable]) : null;

/** Folder with the texts of the documents; null if there is none. */
export const documentsDir = pathIn('DOCUMENTS_DIR');
export const documents = need(
  documentsDir !== null && existsSync(documentsDir),
  'DOCUMENTS_DIR (the texts of the documents)',
);

/** Reviewed inventory of a document; null if there is none. */
export const inventoryFile = pathIn('INVENTORY_FILE');
export const inventory = need(
  inventoryFile !== null && existsSync(inventoryFile),
  'INVENTORY_FILE (the inventory of the document)',
);

/** Folder of the operations that belong to the inventory. */
export const inventoryOperations = inventoryFile === null ? null : join(dirname(inventoryFile), 'operations');
export const operationsOfInventory = need(
  inventoryOperations !== null && existsSync(inventoryOperations),
  'INVENTORY_FILE with a folder "operations" beside it',
);

/** The system's Chromium; CHROMIUM names another. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const chromium = need(existsSync(chromiumPath), 'Chromium (CHROMIUM, or /usr/bin/chromium)');

export const systemd = need(spawnSync('systemd-analyze', ['--version']).status === 0, 'systemd-analyze');

/** For running a program under the filters of a systemd unit; see `tests/deploy/seccomp.py`. */
export const seccomp = need(
  !systemd.isMissing &&
    spawnSync('python3', ['-c', 'import ctypes; ctypes.CDLL("libseccomp.so.2")'], { stdio: 'ignore' }).status === 0,
  'systemd-analyze, Python 3 and libseccomp.so.2',
);

export const openssl = need(spawnSync('openssl', ['version']).status === 0, 'openssl');

/** PID namespaces, as each container has one. */
export const namespaces = need(
  spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0,
  'unshare, as root (PID namespaces)',
);

/** A small file system that is gone when the process ends. */
export const smallDisk = need(
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0,
  'unshare and mount, as root (a small file system)',
);

/** A user to whom file permissions apply: this one, or if this one is root, another that can read the project. */
export const ordinaryUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
export const permissions = need(
  process.getuid !== undefined &&
    spawnSync(process.execPath, ['-e', 'fs.accessSync("package.json")'], { cwd: workspaceRoot(), ...ordinaryUser })
      .status === 0,
  'a checkout that other users can read',
);
