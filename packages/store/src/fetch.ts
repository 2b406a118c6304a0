import { rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createStoreFolder, needsBuild } from './build.js';
import { checkStore } from './check.js';
import { publishedPath } from './copy.js';
import { asWriteError, formatBytes, freeBytes, StoreError, writing } from './errors.js';
import { removeLeftovers, temporaryFile } from './files.js';
import type { StoreIdentity } from './identity.js';
import { cleanUp, type LockOptions, lockStore } from './lock.js';
import { type PublishedStores, publishedStores } from './publishedStores.js';
import { putInPlace } from './replace.js';
import { BLOCK_BYTES, digestOf, parseSums, type StoreSums, sumsFile } from './sums.js';

export interface FetchOptions extends LockOptions {
  /** URL or folder of the published stores. */
  base: string;
  /** Makes a relative path of a folder absolute. */
  resolvePath?: (path: string) => string;
  /** The store to install. */
  identity: StoreIdentity;
  /** Where to install it. */
  file: string;
  migrations: URL;
  /** Called before each retry, with the reason. */
  onRetry?: (reason: string) => void;
  limits?: Partial<FetchLimits>;
}

interface FetchLimits {
  /** Maximum time without data, in milliseconds. */
  idleMs: number;
  /** Maximum time of the whole transfer, in milliseconds. */
  totalMs: number;
  /** Maximum number of attempts in which no new block arrived. */
  attempts: number;
  /** Time before the first retry, in milliseconds; doubled for each further one. */
  backoffMs: number;
}

const LIMITS: FetchLimits = { idleMs: 30_000, totalMs: 2 * 3_600_000, attempts: 5, backoffMs: 500 };
const MAX_BACKOFF_MS = 10_000;
/** Enough for stores of a terabyte. */
const MAX_SUMS_BYTES = 128 * 1024 * 1024;

/**
 * Installs a published store, verified by its checksums and checked like any other store. An interrupted transfer is resumed, also
 * by another process: blocks that have arrived are kept next to the store. A block that does not match its checksum is fetched
 * again. Rejects with a StoreError, and then leaves the previous store in place.
 */
export async function fetchStore(options: FetchOptions): Promise<'fetched' | 'unchanged'> {
  const { base, resolvePath, identity, file, migrations } = options;
  const source = publishedStores(base, resolvePath);
  if (!(await needsBuild({ file, identity, migrations }))) {
    cleanUp(file);
    return 'unchanged';
  }
  createStoreFolder(file);
  const lock = await lockStore(file, options);
  try {
    // Another process may have installed it in the meantime.
    if (!(await needsBuild({ file, identity, migrations }))) return 'unchanged';
    await install(source, options);
    return 'fetched';
  } finally {
    lock.release();
  }
}

async function install(source: PublishedStores, options: FetchOptions): Promise<void> {
  const { identity, file, migrations } = options;
  const path = publishedPath(identity.service, identity.revision);
  const retries = new Retries({ ...LIMITS, ...options.limits }, options.onRetry);
  const sums = await fetchSums(source, sumsFile(path), identity, retries);
  const partial = temporaryFile(file, 'fetching', identity.revision);
  removeLeftovers(file, partial);
  assertSpace(file, partial, sums);
  await download(source, path, { file, partial, sums }, retries);
  try {
    const { revision } = await checkStore(partial, identity.service, migrations);
    if (revision !== identity.revision)
      throw new StoreError(
        'DAMAGED',
        `${source.locate(path)} has revision ${revision}, expected ${identity.revision}; publish it again.`,
      );
    writing(file, () => putInPlace(partial, file, sums));
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Counts failed attempts, and waits between them. */
class Retries {
  readonly limits: FetchLimits;
  readonly #onRetry: (reason: string) => void;
  readonly #deadline: number;
  #failures = 0;

  constructor(limits: FetchLimits, onRetry: (reason: string) => void = () => {}) {
    this.limits = limits;
    this.#onRetry = onRetry;
    this.#deadline = performance.now() + limits.totalMs;
  }

  /** New data has arrived. */
  progress(): void {
    this.#failures = 0;
    if (performance.now() > this.#deadline)
      throw new StoreError(
        'UNAVAILABLE',
        `The transfer took longer than ${this.limits.totalMs / 1000} s; run the command again to continue it.`,
      );
  }

  /** Waits before the next attempt. Throws a StoreError if there must be none. */
  async retry(error: unknown, location: string): Promise<void> {
    if (error instanceof StoreError) throw error;
    const reason = `${location}: ${reasonOf(error)}`;
    const { attempts, backoffMs } = this.limits;
    if (++this.#failures >= attempts || performance.now() > this.#deadline)
      throw new StoreError(
        'UNAVAILABLE',
        `${reason}. Gave up after ${this.#failures} attempts without progress; run the command again to continue.`,
      );
    this.#onRetry(`${reason}; retrying`);
    await wait(Math.min(MAX_BACKOFF_MS, backoffMs * 2 ** (this.#failures - 1)));
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  return cause?.code ?? cause?.message ?? message;
}

async function fetchSums(
  source: PublishedStores,
  path: string,
  { service, revision }: StoreIdentity,
  retries: Retries,
): Promise<StoreSums> {
  const text = await readText(source, path, retries);
  const invalid = (reason: string) =>
    new StoreError('DAMAGED', `${source.locate(path)} is not valid (${reason}); publish the store again.`);
  let stores: StoreSums[];
  try {
    stores = parseSums(text);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  const sums = stores.find((store) => store.service === service && store.revision === revision);
  if (!sums) throw invalid(`it has no checksums of ${service}, revision ${revision}`);
  return sums;
}

async function readText(source: PublishedStores, path: string, retries: Retries): Promise<string> {
  for (;;) {
    try {
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of source.read(path, 0, retries.limits.idleMs)) {
        length += chunk.length;
        if (length > MAX_SUMS_BYTES)
          throw new StoreError(
            'DAMAGED',
            `${source.locate(path)} has more than ${formatBytes(MAX_SUMS_BYTES)}; expected checksums.`,
          );
        chunks.push(chunk);
      }
      retries.progress();
      return Buffer.concat(chunks).toString('utf8');
    } catch (error) {
      await retries.retry(error, source.locate(path));
    }
  }
}

function assertSpace(file: string, partial: string, { size }: StoreSums): void {
  const needed = size - (statSync(partial, { throwIfNoEntry: false })?.size ?? 0);
  const free = freeBytes(dirname(file));
  if (free < needed)
    throw new StoreError(
      'NO_SPACE',
      `${file} needs ${formatBytes(needed)}, and ${formatBytes(free)} are free in ${dirname(file)}. Free space, or set another folder.`,
    );
}

interface Transfer {
  /** The store to install, for messages. */
  file: string;
  partial: string;
  sums: StoreSums;
}

/** Completes the partial file. */
async function download(source: PublishedStores, path: string, transfer: Transfer, retries: Retries): Promise<void> {
  const { file, partial, sums } = transfer;
  const handle = await openPartial(partial, file);
  try {
    let complete = await countCompleteBlocks(handle, sums);
    while (complete < sums.blocks.length) {
      try {
        const bytes = source.read(path, complete * BLOCK_BYTES, retries.limits.idleMs);
        for await (const block of blocksOf(bytes, sums.size - complete * BLOCK_BYTES)) {
          if ((await digestOf(block)) !== sums.blocks[complete])
            throw new Error(`the MiB at byte ${complete * BLOCK_BYTES} does not match its checksum`);
          await handle.write(block, 0, block.length, complete * BLOCK_BYTES).catch((error) => {
            throw asWriteError(error, file);
          });
          complete++;
          retries.progress();
        }
        if (complete < sums.blocks.length)
          throw new Error(`the response ended after ${complete} of ${sums.blocks.length} MiB`);
      } catch (error) {
        await retries.retry(error, source.locate(path));
      }
    }
    await handle.truncate(sums.size);
  } finally {
    await handle.close();
  }
}

async function openPartial(partial: string, file: string): Promise<FileHandle> {
  try {
    return await open(partial, 'r+').catch(() => open(partial, 'w+'));
  } catch (error) {
    throw asWriteError(error, file);
  }
}

/** The number of blocks at the start of a partial file that are already those of the store. */
async function countCompleteBlocks(handle: FileHandle, { blocks, size }: StoreSums): Promise<number> {
  const buffer = Buffer.alloc(BLOCK_BYTES);
  for (let index = 0; index < blocks.length; index++) {
    const length = Math.min(BLOCK_BYTES, size - index * BLOCK_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, length, index * BLOCK_BYTES);
    if (bytesRead < length || (await digestOf(buffer.subarray(0, length))) !== blocks[index]) return index;
  }
  return blocks.length;
}

/** Splits bytes into blocks, up to a total; the last block may be shorter. Bytes after the total are not read. */
async function* blocksOf(bytes: AsyncIterable<Uint8Array>, total: number): AsyncGenerator<Buffer> {
  let left = total;
  let block = Buffer.alloc(Math.min(BLOCK_BYTES, left));
  let filled = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length && left > 0; ) {
      const part = chunk.subarray(at, at + block.length - filled);
      block.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < block.length) continue;
      yield block;
      left -= block.length;
      filled = 0;
      block = Buffer.alloc(Math.min(BLOCK_BYTES, left));
    }
    if (left === 0) return;
  }
}
