import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogOutput } from './logOutput.js';

const PIPE_BYTES = 65_536;
const line = (size: number) => `${'x'.repeat(size - 1)}\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('log output', () => {
  it('writes lines in their order, together, and the rest at the exit', async () => {
    const file = join(folder, 'log');
    const fd = openSync(file, 'w');
    const output = new LogOutput(fd, () => {});

    output.write('one\n');
    output.write('two\n');
    expect(readFileSync(file, 'utf8')).toBe('');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n'));
    output.write('three ü\n');
    output.flushSync();

    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nthree ü\n');
    closeSync(fd);
  });

  describe.skipIf(process.platform !== 'linux')('to a pipe that nobody reads', () => {
    let pipe: { reader: number; writer: number };
    beforeEach(() => {
      const path = join(folder, 'pipe');
      execFileSync('mkfifo', [path]);
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      pipe = { reader, writer: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) };
    });
    afterEach(() => {
      for (const fd of Object.values(pipe)) closeSync(fd);
    });

    /** Reads what is in the pipe. */
    function readAll(): string {
      let text = '';
      const buffer = Buffer.alloc(PIPE_BYTES);
      try {
        for (let bytes = 1; bytes > 0; ) {
          bytes = readSync(pipe.reader, buffer);
          text += buffer.toString('utf8', 0, bytes);
        }
      } catch {
        // The pipe is empty.
      }
      return text;
    }

    it('does not block the exit for longer than a moment', async () => {
      const output = new LogOutput(pipe.writer, () => {});
      output.write(line(2 * PIPE_BYTES));
      output.write(line(10));
      const startedAt = performance.now();

      output.flushSync();

      expect(performance.now() - startedAt).toBeLessThan(2_000);
      let read = '';
      await vi.waitFor(() => {
        read += readAll();
        expect(read.length).toBeGreaterThanOrEqual(2 * PIPE_BYTES);
      });
    });

    it('drops lines beyond its buffer, continues when it is read again, and reports their number', async () => {
      const dropped = vi.fn();
      const output = new LogOutput(pipe.writer, dropped, 16 * PIPE_BYTES);
      for (let count = 0; count < 18; count++) output.write(line(PIPE_BYTES));

      let read = '';
      await vi.waitFor(
        () => {
          read += readAll();
          expect(dropped).toHaveBeenCalled();
        },
        { timeout: 30_000, interval: 1 },
      );
      output.write('end\n');
      await vi.waitFor(
        () => {
          read += readAll();
          expect(read.endsWith('end\n')).toBe(true);
        },
        { timeout: 30_000, interval: 1 },
      );

      expect(dropped.mock.calls).toEqual([[2]]);
      expect(read.split('\n').filter((text) => text.length === PIPE_BYTES - 1)).toHaveLength(16);
    });
  });

  it.skipIf(process.platform !== 'linux')('continues if the disk is full, and does not block the exit', async () => {
    // Stays open, since the output repeats its write.
    const fd = openSync('/dev/full', 'w');
    const output = new LogOutput(fd, () => {});
    output.write(line(5000));
    output.write('one\n');
    await new Promise(setImmediate);
    const startedAt = performance.now();

    output.flushSync();

    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
