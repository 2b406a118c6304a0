import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showProgress } from './progress.js';

function shownOn(isTTY: boolean, told: [milliseconds: number, statements: number, done: number][]): string {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 200,
    cursorTo: () => {},
    clearLine: () => {},
  }) as unknown as NodeJS.WriteStream & PassThrough;
  let time = 0;
  const { onProgress, end } = showProgress(stream, () => time);
  for (const [milliseconds, statements, done] of told) {
    time = milliseconds;
    onProgress({ statements, done });
  }
  end();
  return String(stream.read() ?? '');
}

describe('the progress of seeding', () => {
  it('is not shown where it is over at once', () => {
    expect(shownOn(true, [[400, 79, 1]])).toBe('');
    expect(shownOn(false, [[400, 79, 1]])).toBe('');
  });

  it('is a bar with the rate and the time left on a terminal', () => {
    expect(shownOn(true, [[20_000, 50_000, 0.25]])).toContain('25 %, 50000 statements, 2500 a second, 60 s left');
  });

  it('is a line every ten seconds elsewhere', () => {
    const told = shownOn(false, [
      [5_000, 1, 0.1],
      [10_000, 2_000, 0.01],
      [15_000, 3, 0.3],
      [20_000, 4_000, 0.02],
    ]);

    expect(told).toBe(
      'Seeding: 1 %, 2000 statements, 200 a second, 17 min left\nSeeding: 2 %, 4000 statements, 200 a second, 17 min left\n',
    );
  });
});
