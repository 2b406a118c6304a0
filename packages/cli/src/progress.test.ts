import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { withProgress } from './progress.js';

const [HIDE_CURSOR, SHOW_CURSOR] = ['\u001b[?25l', '\u001b[?25h'];

type Update = [milliseconds: number, statements: number, fraction: number];

/** What is written during the updates, after which seeding ends, or fails with `error`. */
async function outputOf(isTTY: boolean, updates: Update[], error?: Error): Promise<string> {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 200,
    cursorTo: () => {},
    clearLine: () => {},
  }) as unknown as NodeJS.WriteStream & PassThrough;
  let time = 0;
  const seed = async (onProgress: (progress: { statements: number; fraction: number }) => void) => {
    for (const [milliseconds, statements, fraction] of updates) {
      time = milliseconds;
      onProgress({ statements, fraction });
    }
    if (error) throw error;
  };
  const seeding = withProgress(seed, stream, () => time);
  await (error ? expect(seeding).rejects.toBe(error) : seeding);
  return String(stream.read() ?? '');
}

describe('the progress of seeding', () => {
  it('is not shown if seeding takes less than a second', async () => {
    expect(await outputOf(true, [[400, 79, 1]])).toBe('');
    expect(await outputOf(false, [[400, 79, 1]])).toBe('');
  });

  it('is a bar with the rate and the remaining time on a terminal', async () => {
    expect(await outputOf(true, [[20_000, 50_000, 0.25]])).toContain(
      '25 %, 50000 statements, 2500 per second, 60 s left',
    );
  });

  it('shows the cursor again and ends its line if seeding fails', async () => {
    const output = await outputOf(true, [[20_000, 50_000, 0.25]], new Error('invalid seeds'));

    expect(output.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(output.lastIndexOf(HIDE_CURSOR));
    expect(output).toMatch(/\n$/);
  });

  it('is a line every ten seconds without a terminal', async () => {
    const output = await outputOf(false, [
      [5_000, 1, 0.1],
      [10_000, 2_000, 0.01],
      [15_000, 3, 0.3],
      [20_000, 4_000, 0.02],
    ]);

    expect(output).toBe(
      'Seeding: 1 %, 2000 statements, 200 per second, 17 min left\nSeeding: 2 %, 4000 statements, 200 per second, 17 min left\n',
    );
  });
});
