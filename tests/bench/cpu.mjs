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

function ofTicks(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets, which may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
