import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { ConfigError } from '@dossier/config';

/** The settings that concern the machine; each program has some of them. */
export interface MachineSettings {
  HOST?: string;
  PORT?: number;
  PROBE_PORT?: number | null;
  DATA_DIR?: string;
  DOCUMENTS_DIR?: string | null;
  /** The programs that have it, the gateway and the whole graph, need more memory than a service. */
  SUPERGRAPH?: string;
}

/** Minimum limit of open files: connections of clients, up to 64 to each service, stores, and files of Node.js. */
const MIN_OPEN_FILES = 256;
/**
 * Minimum heap limit and minimum memory of a container, in MiB. Below, a busy process ends without a message. Measured with 64
 * connections: the gateway needs --max-old-space-size=96, a service 48; V8 adds 48 MiB for new objects.
 */
const MIN_MEMORY = { gateway: { heap: 144, container: 256 }, service: { heap: 96, container: 160 } };

const MIB = 1024 * 1024;

/** What is wrong with the machine for a program that serves: one line each, with the resource, the reason and the remedy. */
function environmentProblems(settings: MachineSettings): string[] {
  const { PORT, PROBE_PORT, DOCUMENTS_DIR } = settings;
  return [
    PROBE_PORT && PROBE_PORT === PORT ? `PROBE_PORT="${PROBE_PORT}": is also PORT; expected another port.` : null,
    DOCUMENTS_DIR ? folderProblem('DOCUMENTS_DIR', DOCUMENTS_DIR) : null,
    ...limitProblems(settings),
  ].filter((problem) => problem !== null);
}

/** What is wrong with the limits of this process. */
export function limitProblems({ SUPERGRAPH }: MachineSettings): string[] {
  const memory = SUPERGRAPH === undefined ? MIN_MEMORY.service : MIN_MEMORY.gateway;
  return [openFilesProblem(openFilesLimit()), memoryProblem(heapLimit(), containerMemory(), memory)].filter(
    (problem) => problem !== null,
  );
}

/** What is wrong with a folder that is read; null if nothing is. */
export function folderProblem(name: string, folder: string): string | null {
  try {
    readdirSync(folder);
    return null;
  } catch (error) {
    return `${name}="${folder}": ${accessReason(error)}; expected a folder that ${user()} may read.`;
  }
}

/** What is wrong with a folder in which files are created; null if nothing is. */
export function writableProblem(name: string, folder: string): string | null {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory() ? null : `${name}="${folder}": is not a folder; expected a folder.`;
  } catch (error) {
    return `${name}="${folder}": ${accessReason(error)}; expected a folder in which ${user()} may create files.`;
  }
}

/** The folders that SQLite uses for temporary files, in its order. See https://www.sqlite.org/tempfiles.html. */
const temporaryFolders = (): string[] =>
  [process.env['SQLITE_TMPDIR'], process.env['TMPDIR'], '/var/tmp', '/usr/tmp', '/tmp', tmpdir()].filter(
    (folder) => folder !== undefined && folder !== '',
  ) as string[];

/** What is wrong with the folders for temporary files, one of which seeding needs; null if nothing is. */
export function temporaryFolderProblem(folders: readonly string[] = temporaryFolders()): string | null {
  if (folders.some((folder) => writableProblem('TMPDIR', folder) === null)) return null;
  return `TMPDIR: ${user()} may not create files in any of ${[...new Set(folders)].join(', ')}; set TMPDIR to a folder for the temporary files of seeding.`;
}

/** The soft limit of open files; null if it is unlimited or unknown. Node.js raises it to the hard limit. */
export function openFilesLimit(): number | null {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? null : Number(limit);
  } catch {
    return null;
  }
}

export const openFilesProblem = (limit: number | null): string | null =>
  limit !== null && limit < MIN_OPEN_FILES
    ? `The limit of open files is ${limit}; expected at least ${MIN_OPEN_FILES}. Raise it (ulimit -n, LimitNOFILE= of a systemd unit).`
    : null;

/** Memory limit of the container (cgroup) in bytes; null if there is none. */
export function containerMemory(): number | null {
  const limit = process.constrainedMemory?.();
  // Without a limit, 0 or a number that no machine has.
  return limit && limit < 2 ** 50 ? limit : null;
}

/** Whether the size of the heap for old objects was given to Node.js. V8 chooses that of both generations if it was not. */
const hasOldSpaceSize = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((options) =>
  /--max[-_]old[-_]space[-_]size=/.test(options),
);

/**
 * Bytes by which V8 reserves more for new objects since Node.js 24: 192 MiB besides --max-old-space-size instead of 48. It does not
 * need them, so they do not count towards the minimum.
 */
const EXTRA_YOUNG_GENERATION =
  hasOldSpaceSize && Number(process.versions.node.split('.')[0]) >= 24 ? (192 - 48) * MIB : 0;

/** Heap limit in bytes, with as much for new objects as Node.js 20 has. */
export const heapLimit = (): number => getHeapStatistics().heap_size_limit - EXTRA_YOUNG_GENERATION;

export function memoryProblem(
  heapBytes: number,
  containerBytes: number | null,
  min: { heap: number; container: number },
): string | null {
  const container = containerBytes === null ? null : Math.floor(containerBytes / MIB);
  if (container !== null && container < min.container)
    return `The memory limit of the container is ${container} MiB; expected at least ${min.container} MiB.`;
  const heap = Math.floor(heapBytes / MIB);
  return heap < min.heap
    ? `The heap limit of Node.js is ${heap} MiB; expected at least ${min.heap} MiB. Raise --max-old-space-size (NODE_OPTIONS) or the memory limit of the container.`
    : null;
}

/**
 * Describes an error of the operating system as one line with the resource, the reason and the remedy. Null for other errors.
 */
export function describeSystemError(error: unknown, settings: MachineSettings): string | null {
  const { code, syscall, path, errno } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof syscall !== 'string' || errno === undefined) return null;
  if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo')
    return describeListenError(error, settings);
  if (code === 'EMFILE' || code === 'ENFILE')
    return `The limit of open files (${openFilesLimit() ?? 'of the machine'}) is reached (${code}). Raise it (ulimit -n, LimitNOFILE= of a systemd unit).`;
  const resource = path ?? settings.DATA_DIR ?? syscall;
  if (code === 'ENOSPC' || code === 'EDQUOT') return `${resource}: the disk is full (${code}); free some space.`;
  return `${resource}: ${accessReason(error)}; check the path and the rights of ${user()}.`;
}

/** Describes why a program cannot listen on its address. */
function describeListenError(error: unknown, { HOST, PORT, PROBE_PORT }: MachineSettings): string {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  const host = `HOST="${HOST ?? ''}"`;
  const portSetting = port !== undefined && port === PROBE_PORT && port !== PORT ? 'PROBE_PORT' : 'PORT';
  switch (code) {
    case 'EADDRINUSE':
      return `${portSetting}="${port}": expected a free port on ${HOST}; another program uses this one.`;
    case 'EACCES':
    case 'EPERM':
      return `${portSetting}="${port}": ${user()} may not listen on this port (${code}); expected a port from 1024 on, or the right to use it (CAP_NET_BIND_SERVICE).`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `${host}: is not an address of this machine (${code}); expected one of ${ownAddresses().join(', ')}, or 0.0.0.0 or :: for all.`;
    default:
      return `${host}: cannot be resolved (${code}); expected an address of this machine, e.g. 127.0.0.1, or a name of one.`;
  }
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));

const REASONS: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EACCES: 'is not accessible',
  EPERM: 'is not accessible',
  EROFS: 'is on a read-only file system',
  ELOOP: 'has too many symbolic links',
};

const accessReason = (error: unknown): string => {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return `${REASONS[code] ?? 'cannot be used'} (${code})`;
};

/** The user of this process, for messages about permissions. */
const user = (): string => `the user ${process.geteuid?.() ?? 'of this process'}`;

/** Throws a ConfigError with all problems of the machine. */
export function assertEnvironment(settings: MachineSettings): void {
  const problems = environmentProblems(settings);
  if (problems.length > 0) throw new ConfigError(problems);
}
