import { escapeUnsafe } from '@dossier/seed-format/sources';
import { Presets, SingleBar } from 'cli-progress';
import type { SeedingProgress } from './seeding.js';

/** Seeding that takes less time shows no progress. */
const MIN_MS = 1_000;
/** Interval of lines if the output is not a terminal. */
const LINE_INTERVAL_MS = 10_000;
const STEPS = 1000;

type OnProgress = (progress: SeedingProgress) => void;

/**
 * Runs `seed` and reports its progress, rate and remaining time: as a bar on a terminal, otherwise as lines. The bar is closed and
 * the cursor shown again even if `seed` fails.
 */
export async function withProgress<T>(
  seed: (onProgress: OnProgress) => Promise<T>,
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now(),
): Promise<T> {
  const { onProgress, end } = progressReporter(stream, now);
  try {
    return await seed(onProgress);
  } finally {
    end();
  }
}

function progressReporter(stream: NodeJS.WriteStream, now: () => number): { onProgress: OnProgress; end: () => void } {
  const startedAt = now();
  const bar = stream.isTTY
    ? new SingleBar({ stream, format: 'Seeding {bar} {status}', hideCursor: true, barsize: 30 }, Presets.shades_classic)
    : null;
  let lastLineAt = startedAt;
  return {
    onProgress: (progress) => {
      const elapsed = now() - startedAt;
      if (elapsed < MIN_MS) return;
      const status = formatProgress(progress, elapsed / 1000);
      if (bar) {
        if (!bar.isActive) bar.start(STEPS, 0, { status });
        bar.update(Math.round(progress.fraction * STEPS), { status });
      } else if (now() - lastLineAt >= LINE_INTERVAL_MS) {
        lastLineAt = now();
        stream.write(`Seeding: ${status}\n`);
      }
    },
    end: () => bar?.stop(),
  };
}

function formatProgress({ statements, fraction }: SeedingProgress, seconds: number): string {
  const remaining = fraction > 0 ? (seconds / fraction) * (1 - fraction) : null;
  const rate = Math.round(statements / seconds);
  return `${Math.floor(fraction * 100)} %, ${statements} statements, ${rate} per second${remaining === null ? '' : `, ${formatDuration(remaining)} left`}`;
}

const formatDuration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

const writeNote = (text: string) => void process.stderr.write(`${escapeUnsafe(text)}\n`);

/** Whether seeding compared the passages with texts, as a line to standard error. */
export const notePassages = (documentsDir: string | null): void =>
  writeNote(
    documentsDir === null
      ? 'Passages were not verified, because DOCUMENTS_DIR is not set.'
      : `Passages were verified against the texts in ${documentsDir} that have the digest of a document.`,
  );

/** Warns that a store with words was copied to where others may read it. */
export const warnOfWords = (service: string, texts: number): void =>
  writeNote(
    `Warning: the store of ${service} contains the words of ${texts} ${texts === 1 ? 'text' : 'texts'}, from which the texts can largely be reconstructed. Copy it only to where the texts may be; "seed --without-words" builds a store without them.`,
  );

/** Callbacks of commands that write stores: each prints a line to standard error. */
export const notes = {
  onWait: (file: string) => writeNote(`Waiting for another process that writes ${file}.`),
  onRetry: (reason: string) => writeNote(reason),
};
