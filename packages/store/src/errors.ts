import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

/** Thrown if a store cannot be served or built. The message names the file and the remedy; it is for operators and never sent to clients. */
export class StoreError extends Error {
  readonly reason:
    | 'MISSING'
    | 'UNREADABLE'
    | 'FOREIGN'
    | 'OLDER'
    | 'NEWER'
    | 'DAMAGED'
    | 'ALREADY_EXISTS'
    /** A file or folder without the necessary permissions. */
    | 'NO_ACCESS'
    | 'NO_SPACE'
    /** Another process writes the store. */
    | 'LOCKED'
    /** A published store could not be fetched. */
    | 'UNAVAILABLE';
  constructor(reason: StoreError['reason'], message: string) {
    super(message);
    this.name = 'StoreError';
    this.reason = reason;
  }
}

/** A query failed because the store's file is damaged or cannot be read. The message is for operators. */
export class StoreReadError extends Error {
  override name = 'StoreReadError';
}

/** A database does not support the form of a query, which therefore has to be run in another one. */
export class QueryRefusedError extends Error {
  override name = 'QueryRefusedError';
}

const NO_ACCESS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'SQLITE_CANTOPEN', 'SQLITE_READONLY']);
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const DISK_FAILURE = new Set(['EIO', 'EFBIG', 'SQLITE_IOERR']);
const DAMAGE = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR']);

/** The primary code of a system or SQLite error, or of one of its causes, if it is in a set. https://www.sqlite.org/rescode.html */
function codeIn(codes: ReadonlySet<string>, error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const primary = code?.startsWith('SQLITE_') ? code.split('_', 2).join('_') : code;
    if (primary !== undefined && codes.has(primary)) return primary;
  }
  return null;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/**
 * An error of writing a file as a StoreError with the remedy, if it is about permissions or space; any other error unchanged.
 */
export function asWriteError(error: unknown, file: string): Error {
  if (error instanceof StoreError) return error;
  const folder = dirname(file);
  const access = codeIn(NO_ACCESS, error);
  if (access !== null)
    return new StoreError(
      'NO_ACCESS',
      `${file} cannot be written (${access}): user ${process.getuid?.() ?? 'unknown'} needs a folder ${folder} that it can write to. Change its permissions, or set another folder.`,
    );
  const space = codeIn(NO_SPACE, error);
  if (space !== null)
    return new StoreError(
      'NO_SPACE',
      `${file} cannot be written (${space}): ${formatBytes(freeBytes(folder))} ${hasFreeInodes(folder) ? 'are' : 'but no inodes (files) are'} free in ${folder}, ${formatBytes(freeBytes(temporaryFolder()))} for SQLite's temporary files in ${temporaryFolder()}. Free space, or set another folder.`,
    );
  const failure = codeIn(DISK_FAILURE, error);
  if (failure !== null)
    return new StoreError('DAMAGED', `${file} cannot be written (${failure}): check the disk of ${folder}.`);
  return asError(error);
}

/** Runs a function that writes a file; its errors are those of `asWriteError`. */
export function writing<Result>(file: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw asWriteError(error, file);
  }
}

/** Why a query failed, if the file is damaged or cannot be read; null for any other error. */
export function readFailure(error: unknown): string | null {
  if (error instanceof StoreReadError) return error.message;
  const code = codeIn(DAMAGE, error);
  const { message } = asError(error);
  if (code !== null) return `${code}: ${message}`;
  // The migrations of an open store are known, so its tables exist.
  return message.startsWith('no such table') ? message : null;
}

/** Where SQLite writes temporary files: https://www.sqlite.org/tempfiles.html#temporary_file_storage_locations */
const temporaryFolder = (): string => process.env['SQLITE_TMPDIR'] ?? process.env['TMPDIR'] ?? tmpdir();

/** Bytes that this process can write in a folder; 0 if it does not exist. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** Whether the file system of a folder can hold one more file; true for file systems that do not count inodes. */
function hasFreeInodes(folder: string): boolean {
  try {
    const { files, ffree } = statfsSync(folder);
    return files === 0 || ffree > 0;
  } catch {
    return true;
  }
}

/** A size in binary units, for messages: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
