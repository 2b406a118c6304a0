import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { reportProgress } from './progress.js';

function outputOf(isTTY: boolean, updates: [milliseconds: number, statements: number, fraction: number][]): string {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 200,
    cursorTo: () => {},
    clearLine: () => {},
  }) as unknown as NodeJS.WriteStream & PassThrough;
  let time = 0;
  const { onProgress, end } = reportProgress(stream, () => time);
  for (const [milliseconds, statements, fraction] of updates) {
    time = milliseconds;
    onProgress({ statements, fraction });
  }
  end();
  return String(stream.read() ?? '');
}

describe('the progress of seeding', () => {
  it('is not shown if seeding takes less than a second', () => {
    expect(outputOf(true, [[400, 79, 1]])).toBe('');
    expect(outputOf(false, [[400, 79, 1]])).toBe('');
  });

  it('is a bar with the rate and the remaining time on a terminal', () => {
    expect(outputOf(true, [[20_000, 50_000, 0.25]])).toContain('25 %, 50000 statements, 2500 per second, 60 s left');
  });

  it('is a line every ten seconds without a terminal', () => {
    const output = outputOf(false, [
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
