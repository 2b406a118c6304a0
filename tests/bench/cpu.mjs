import { readdirSync, readFileSync } from 'node:fs';

/** Of `/proc/<pid>/stat`; USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds, user and system, that a process has used so far. Linux only. */
export function cpuSeconds(pid) {
  // Thread times are exact to the nanosecond, ticks only to 10 ms; but only ticks include threads that have ended.
  return Math.max(ofThreads(pid), ofTicks(pid));
}

/** 0 if the kernel provides no `schedstat`. */
function ofThreads(pid) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
    } catch (error) {
      // The thread has ended since the folder was read, or the file does not exist.
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    }
  }
  return nanoseconds / 1e9;
}

const ofTicks = (pid) => ticks(pid, 11) + ticks(pid, 12);

/** CPU seconds of those children of a process that have ended. Linux only. */
export const childSeconds = (pid) => ticks(pid, 13) + ticks(pid, 14);

/** Seconds in a field of `stat`, counted from the one after the program's name. */
function ticks(pid, field) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets, which may contain spaces.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[field]) / TICKS_PER_SECOND;
}
