import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Log, type Reloads, silentLog } from '@dossier/http-server';

export interface WatchOptions {
  /** How often to check the file, in milliseconds; 0 disables. */
  intervalMs: number;
  reloads: Reloads;
  log?: Log;
}

export interface WatchedFile {
  /** Name of the file in the log and in metrics. */
  what: string;
  file: string;
  /** `fileKey` of the file in use, from before it was read. */
  initialKey: string;
  /** Switches to the file that is in place now and resolves with fields for the log. Rejects, and changes nothing, if the file is invalid. */
  reload: () => Promise<Record<string, string>>;
}

const keyOf = ({
  ino,
  size,
  mtimeMs,
  ctimeMs,
}: {
  ino: number;
  size: number;
  mtimeMs: number;
  ctimeMs: number;
}): string => `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
const MISSING = 'missing';

/** Identifies the file at a path, so that a file that replaces it has another key. */
export function fileKey(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? keyOf(stats) : MISSING;
}

/** Whether the file at a path is the one with this key, perhaps with other contents. A file that is open keeps its inode. */
export const isSameFile = (file: string, key: string): boolean => fileKey(file).split(' ')[0] === key.split(' ')[0];

/**
 * Reloads a file whenever it is replaced. A file that is rejected is logged and counted once, and the previous one stays in use.
 * It polls with `stat` rather than `fs.watch`, which does not report changes on some network and container volumes.
 */
export function watchFile(
  { what, file, initialKey, reload }: WatchedFile,
  { intervalMs, reloads, log = silentLog }: WatchOptions,
): { stop: () => void } {
  reloads.observe(what);
  if (intervalMs === 0) return { stop: () => {} };
  let lastKey = initialKey;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const check = async (): Promise<void> => {
    const key = await stat(file).then(keyOf, () => MISSING);
    if (key !== lastKey && !isStopped) {
      // Set before reading: a file that is put in place during the read is noticed by the next check.
      lastKey = key;
      try {
        log.info({ what, ...(await reload()) }, 'reloaded');
        reloads.observe(what, 'taken');
      } catch (error) {
        log.error({ what, reason: (error as Error).message }, 'reload rejected; the previous file stays in use');
        reloads.observe(what, 'refused');
      }
    }
    schedule();
  };
  const schedule = (): void => {
    if (!isStopped) timer = setTimeout(check, intervalMs).unref();
  };
  schedule();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
