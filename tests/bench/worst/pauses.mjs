// Loaded into a measured process before its program: tells how long the main thread ran without a pause for anything else.
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** How often it is looked: a timer that is due waits for what runs. */
const EVERY_MS = 2;

/** Milliseconds of CPU that the main thread has used. Not time by the clock: other processes of the machine take that as well. */
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
