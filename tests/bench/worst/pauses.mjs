// Preloaded into a measured process: reports the longest CPU time of its main thread between two turns of the event loop.
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Interval of the timer, which runs late by as long as the thread is busy. */
const EVERY_MS = 2;

/** Milliseconds of CPU that the main thread has used. Wall time would include other processes of the machine. */
const used = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ', 1)[0]) / 1e6;

if (isMainThread && process.send) {
  let last = used();
  let longest = 0;
  setInterval(() => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  }, EVERY_MS).unref();
  process.on('message', () => {
    process.send?.(longest);
    longest = 0;
  });
  process.channel?.unref();
}
