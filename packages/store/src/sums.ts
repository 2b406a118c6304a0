import { createHash, webcrypto } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { StoreError } from './errors.js';
import { syncPath, temporaryFile } from './files.js';
import type { StoreIdentity } from './identity.js';

/** Bytes of a store that have one checksum. */
export const BLOCK_BYTES = 1024 * 1024;

/** The checksums of a store's file. */
export interface StoreSums extends StoreIdentity {
  /** Bytes of the file. */
  size: number;
  /** SHA-256 of each MiB of the file, in hexadecimal; the last block may be shorter. */
  blocks: string[];
}

/** The file of a store's checksums, next to it. */
export const sumsFile = (file: string): string => `${file}.sums`;

/** Computes the checksums of a file. */
export function computeSums(file: string, identity: StoreIdentity): StoreSums {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
    const blocks: string[] = [];
    let size = 0;
    for (;;) {
      let length = 0;
      for (let read = -1; read !== 0 && length < BLOCK_BYTES; length += read)
        read = readSync(descriptor, buffer, length, BLOCK_BYTES - length, size + length);
      if (length === 0) break;
      blocks.push(createHash('sha256').update(buffer.subarray(0, length)).digest('hex'));
      size += length;
    }
    return { service: identity.service, revision: identity.revision, size, blocks };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a store's checksums. While a store is replaced, the file has those of the new and of the old one, so that a process
 * killed between the two renames leaves a store with its checksums.
 */
export function writeSums(file: string, sums: readonly StoreSums[]): void {
  const path = sumsFile(file);
  const temporary = temporaryFile(path, 'building');
  try {
    writeFileSync(
      temporary,
      `${JSON.stringify({ format: 1, algorithm: 'sha256', blockBytes: BLOCK_BYTES, stores: sums })}\n`,
    );
    syncPath(temporary);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The checksums next to a store's file; none if they are missing or cannot be read. */
export function readSums(file: string): StoreSums[] {
  try {
    return parseSums(readFileSync(sumsFile(file), 'utf8'));
  } catch {
    return [];
  }
}

/** Identifies the bytes of the store at `file`, by its checksums; null if they are missing or incomplete. */
export function sumsDigest(file: string): string | null {
  const [sums, ...others] = readSums(file);
  if (!sums || others.length > 0) return null;
  return createHash('sha256').update(sums.blocks.join()).digest('hex');
}

/** Throws an Error if the text is not that of a file of checksums. */
export function parseSums(text: string): StoreSums[] {
  const { format, algorithm, blockBytes, stores } = JSON.parse(text) as Record<string, unknown>;
  if (format !== 1 || algorithm !== 'sha256' || blockBytes !== BLOCK_BYTES || !Array.isArray(stores))
    throw new Error('not a file of checksums of a known format');
  if (!stores.every(isSums)) throw new Error('the checksums are incomplete');
  return stores;
}

function isSums(value: unknown): value is StoreSums {
  if (typeof value !== 'object' || value === null) return false;
  const { service, revision, size, blocks } = value as Record<string, unknown>;
  return (
    typeof service === 'string' &&
    typeof revision === 'string' &&
    Number.isSafeInteger(size) &&
    Array.isArray(blocks) &&
    blocks.length === Math.ceil((size as number) / BLOCK_BYTES) &&
    blocks.every((block) => typeof block === 'string' && /^[0-9a-f]{64}$/.test(block))
  );
}

/** SHA-256 in hexadecimal, computed in a thread of its own. */
export const digestOf = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');

export interface VerifyOptions {
  /** Stops the verification: it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called after each block with the milliseconds that it took; the next block is read when it resolves. */
  afterBlock?: (milliseconds: number) => Promise<void>;
}

/** Whether a store's bytes have their checksums; `unverified` if none are known for this revision, as for stores of older versions. */
export type Verification = 'verified' | 'unverified';

/** A file can be replaced while it is read. */
const MAX_ATTEMPTS = 5;

/** Compares a store's whole file with its checksums, without blocking the event loop. Returns what is wrong, or null if nothing is. */
async function compareWithSums(
  file: string,
  sums: readonly StoreSums[],
  options: VerifyOptions,
): Promise<string | null> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    let candidates = sums.filter((store) => store.size === size);
    if (candidates.length === 0)
      return `it has ${size} bytes, expected ${sums.map((store) => store.size).join(' or ')}`;
    const buffer = Buffer.alloc(Math.min(size, BLOCK_BYTES));
    for (let start = 0; start < size; start += BLOCK_BYTES) {
      options.signal?.throwIfAborted();
      const startedAt = performance.now();
      const digest = await digestOf(await readBlock(handle, buffer, start));
      candidates = candidates.filter(({ blocks }) => blocks[start / BLOCK_BYTES] === digest);
      if (candidates.length === 0)
        return `bytes ${start} to ${Math.min(size, start + BLOCK_BYTES) - 1} do not match their checksum`;
      await options.afterBlock?.(performance.now() - startedAt);
    }
    return null;
  } finally {
    await handle.close();
  }
}

async function readBlock(handle: FileHandle, buffer: Buffer, start: number): Promise<Buffer> {
  let length = 0;
  for (let read = -1; read !== 0 && length < buffer.length; length += read)
    read = (await handle.read(buffer, length, buffer.length - length, start + length)).bytesRead;
  return buffer.subarray(0, length);
}

/** Returns what is wrong with a store's bytes; null if they are `verified` or `unverified`. */
export async function findChangedBytes(
  file: string,
  { service, revision }: StoreIdentity,
  options: VerifyOptions = {},
): Promise<{ verification: Verification } | { damage: string }> {
  for (let attempt = 1; ; attempt++) {
    const before = stateOf(file);
    const sums = readSums(file).filter((store) => store.service === service && store.revision === revision);
    if (sums.length === 0) return { verification: 'unverified' };
    const damage = await compareWithSums(file, sums, options).catch((error: Error) => {
      options.signal?.throwIfAborted();
      return error.message;
    });
    if (damage === null) return { verification: 'verified' };
    if (stateOf(file) === before || attempt === MAX_ATTEMPTS) return { damage };
  }
}

/** Identifies the files of a store and of its checksums. */
const stateOf = (file: string): string =>
  [file, sumsFile(file)]
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : '';
    })
    .join();

/** Verifies a store's whole file. Rejects with a StoreError if it is damaged. `remedy` follows in the message. */
export async function verifyStore(
  file: string,
  identity: StoreIdentity,
  remedy: string,
  options: VerifyOptions = {},
): Promise<Verification> {
  const result = await findChangedBytes(file, identity, options);
  if ('verification' in result) return result.verification;
  throw new StoreError('DAMAGED', `${file} is damaged (${result.damage}). ${remedy}`);
}
