import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Log, type Reloads, silentLog } from '@dossier/http-server';
import type { Subgraph } from './subgraph.js';

export interface FollowOptions {
  /** How often it is looked, in milliseconds; 0, never. */
  everyMs: number;
  reloads: Reloads;
  log?: Log;
}

export interface Followed {
  /** What the file is, in the log and in metrics. */
  what: string;
  file: string;
  /** Which file was taken last, as `fileKey` told before it was read. */
  seen: string;
  /** Takes up the file that is in place now; says what it is. Rejects where it cannot be, and then nothing changes. */
  take: () => Promise<Record<string, string>>;
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

/** Tells one file at a path from another that takes its place. */
export function fileKey(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? keyOf(stats) : MISSING;
}

/**
 * Takes up each file that is put in place of another while the process runs. One that is refused is logged and counted,
 * once; whoever is served notices nothing. Looking is asking for the file's status: it sees what any kind of volume shows.
 */
export function watchFile(
  { what, file, seen: first, take }: Followed,
  { everyMs, reloads, log = silentLog }: FollowOptions,
): { stop: () => void } {
  reloads.count(what);
  if (everyMs === 0) return { stop: () => {} };
  let seen = first;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const look = async (): Promise<void> => {
    const key = await stat(file).then(keyOf, () => MISSING);
    if (key !== seen && !isStopped) {
      // Before it is read: one that is put in place meanwhile is seen the next time.
      seen = key;
      try {
        log.info({ what, ...(await take()) }, 'taken up');
        reloads.count(what, 'taken');
      } catch (error) {
        log.error({ what, reason: (error as Error).message }, 'refused; the last good one keeps serving');
        reloads.count(what, 'refused');
      }
    }
    again();
  };
  const again = (): void => {
    if (!isStopped) timer = setTimeout(look, everyMs).unref();
  };
  again();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Moves a subgraph to each store that is put in place. */
export const watchStore = (subgraph: Subgraph, options: FollowOptions): { stop: () => void } =>
  watchFile(
    {
      what: subgraph.name,
      file: subgraph.file,
      seen: subgraph.serving.fileKey,
      take: async () => {
        await subgraph.reload();
        return { revision: subgraph.revision };
      },
    },
    options,
  );
