import { Presets, SingleBar } from 'cli-progress';
import type { SeedingProgress } from './seeding.js';

/** Seeding that is over sooner than this is not worth a bar. */
const QUIET_MS = 1_000;
/** How often a line is written where there is no terminal to draw on. */
const LINE_MS = 10_000;
const STEPS = 1000;

export interface ProgressShown {
  onProgress: (progress: SeedingProgress) => void;
  end: () => void;
}

/** Shows how far seeding is, how fast it goes and how long it will take yet: a bar on a terminal, else a line from time to time. */
export function showProgress(
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now(),
): ProgressShown {
  const begun = now();
  const bar = stream.isTTY
    ? new SingleBar({ stream, format: 'Seeding {bar} {told}', hideCursor: true, barsize: 30 }, Presets.shades_classic)
    : null;
  let shown = begun;
  return {
    onProgress: (progress) => {
      const elapsed = now() - begun;
      if (elapsed < QUIET_MS) return;
      const told = sentence(progress, elapsed / 1000);
      if (bar) {
        if (!bar.isActive) bar.start(STEPS, 0, { told });
        bar.update(Math.round(progress.done * STEPS), { told });
      } else if (now() - shown >= LINE_MS) {
        shown = now();
        stream.write(`Seeding: ${told}\n`);
      }
    },
    end: () => bar?.stop(),
  };
}

function sentence({ statements, done }: SeedingProgress, seconds: number): string {
  const left = done > 0 ? (seconds / done) * (1 - done) : null;
  return `${Math.floor(done * 100)} %, ${statements} statements, ${Math.round(statements / seconds)} a second${left === null ? '' : `, ${clock(left)} left`}`;
}

const clock = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
