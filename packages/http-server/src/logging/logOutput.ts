import { constants, openSync, write, writeSync } from 'node:fs';

const STDOUT = 1;
/** Lines are written together when they have this many characters, or after this many milliseconds. */
const BATCH = { characters: 4096, ms: 20 };
/** Default of the maximum number of buffered characters. Then lines are dropped; requests never wait. */
const MAX_BUFFERED = 16 * 1024 * 1024;
/** Delay until a failed write is repeated: of a reader that is too slow, or e.g. of a full disk. */
const RETRY_MS = { busy: 50, other: 1_000 };
/** How long the exit of the process waits for a reader that is too slow, in milliseconds. */
const EXIT_MS = 500;
const EXIT_RETRY_MS = 5;
/** The reader or the terminal is gone. */
const CLOSED = new Set(['EPIPE', 'EIO', 'EBADF']);

const isBusy = ({ code }: NodeJS.ErrnoException): boolean => code === 'EAGAIN' || code === 'EBUSY';

/**
 * Writes log lines to standard output in the background, in batches. It never blocks the process: lines are dropped if nobody
 * reads them, and the exit of the process waits only briefly. pino's own destination would wait without limit at the exit if the
 * reader is stuck or the disk is full.
 */
export class LogOutput {
  readonly #fd: number;
  readonly #onDropped: (count: number) => void;
  readonly #maxBuffered: number;
  #lines = '';
  /** What is being written; null if nothing is. */
  #batch: Buffer | null = null;
  /** Whether the operating system has the batch, rather than that it waits to be repeated. */
  #isWriting = false;
  #timer: NodeJS.Timeout | null = null;
  #droppedCount = 0;
  #isClosed = false;

  /**
   * `onDropped` is called with the number of dropped lines as soon as lines can be written again. `maxBuffered` is the maximum
   * number of characters that are buffered while standard output is slow.
   */
  constructor(fd: number, onDropped: (count: number) => void, maxBuffered = MAX_BUFFERED) {
    this.#fd = fd;
    this.#onDropped = onDropped;
    this.#maxBuffered = maxBuffered;
  }

  write(line: string): void {
    if (this.#isClosed) return;
    if (this.#lines.length + (this.#batch?.length ?? 0) + line.length > this.#maxBuffered) {
      this.#droppedCount++;
      return;
    }
    this.#lines += line;
    if (this.#batch) return;
    if (this.#lines.length >= BATCH.characters) this.#writeBatch();
    else this.#timer ??= setTimeout(this.#writeBatch, BATCH.ms).unref();
  }

  /** Writes the remaining lines; gives up after EXIT_MS, or if they cannot be written. */
  flushSync(): void {
    if (this.#isClosed) return;
    let rest = Buffer.from(this.#lines);
    this.#lines = '';
    if (this.#batch && !this.#isWriting) {
      rest = Buffer.concat([this.#batch, rest]);
      this.#batch = null;
      this.#stopTimer();
    }
    const end = performance.now() + EXIT_MS;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!isBusy(error as NodeJS.ErrnoException) || performance.now() > end) return;
        sleep(EXIT_RETRY_MS);
      }
    }
  }

  readonly #writeBatch = (): void => {
    this.#stopTimer();
    if (this.#lines.length === 0) return;
    this.#batch = Buffer.from(this.#lines);
    this.#lines = '';
    this.#write();
  };

  readonly #write = (): void => {
    if (this.#batch === null) return;
    this.#timer = null;
    this.#isWriting = true;
    write(this.#fd, this.#batch, this.#onWritten);
  };

  readonly #onWritten = (error: NodeJS.ErrnoException | null, bytes: number): void => {
    this.#isWriting = false;
    if (error) {
      if (CLOSED.has(error.code ?? '')) this.#close();
      else this.#timer = setTimeout(this.#write, isBusy(error) ? RETRY_MS.busy : RETRY_MS.other).unref();
      return;
    }
    const rest = this.#batch?.subarray(bytes);
    if (rest && rest.length > 0) {
      this.#batch = rest;
      this.#write();
      return;
    }
    this.#batch = null;
    if (this.#droppedCount > 0) {
      const count = this.#droppedCount;
      this.#droppedCount = 0;
      this.#onDropped(count);
    }
    if (this.#lines.length >= BATCH.characters) this.#writeBatch();
    else if (this.#lines.length > 0) this.#timer ??= setTimeout(this.#writeBatch, BATCH.ms).unref();
  };

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #close(): void {
    this.#isClosed = true;
    this.#lines = '';
    this.#batch = null;
    this.#stopTimer();
  }
}

const sleep = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/**
 * A descriptor of standard output. Where possible its writes fail instead of blocking: a write that blocks in a thread of libuv
 * would keep the process from exiting.
 */
export function standardOutput(): number {
  // Node makes a pipe or socket non-blocking when it creates the stream.
  const { isTTY } = process.stdout;
  if (!isTTY) return STDOUT;
  try {
    // Opened again, since the terminal's own descriptor is shared with other programs, e.g. the shell.
    return openSync('/dev/stdout', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return STDOUT;
  }
}
