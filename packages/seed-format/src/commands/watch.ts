import { watch } from 'chokidar';

/** How long the files must be unchanged before they are checked: an editor writes, renames and deletes several at once. */
const QUIET_MS = 150;

/** What is not part of the seeds, e.g. temporary files of editors. */
const IGNORED = /[/\\](\.[^/\\]*|node_modules)$/;

/**
 * Calls `run` now, and again whenever a file in one of the folders was changed, created, renamed or deleted. Resolves when the
 * signal aborts.
 */
export async function watchFolders(folders: readonly string[], run: () => void, signal: AbortSignal): Promise<void> {
  const isIgnored = (path: string): boolean => !folders.includes(path) && IGNORED.test(path);
  const watcher = watch([...folders], { ignoreInitial: true, atomic: false, ignored: isIgnored });
  let timer: NodeJS.Timeout | undefined;
  const onChange = (): void => {
    clearTimeout(timer);
    timer = setTimeout(run, QUIET_MS);
  };
  watcher.on('all', onChange);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  // After the watcher is ready, so that no change is missed.
  run();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  clearTimeout(timer);
  await watcher.close();
}
