import { spawn } from 'node:child_process';

const SHOWN_LINES = 30;

/**
 * Runs a command to its end, in a separate process group that `signal` terminates. Throws with the last lines of its output
 * if it fails.
 */
export function runCommand(command, args, { cwd, env = {}, signal }) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output = (output + chunk).split('\n').slice(-SHOWN_LINES).join('\n');
      });
    const kill = () => endGroup(child.pid);
    child.once('spawn', () => signal.addEventListener('abort', kill, { once: true }));
    // The command could not be started.
    child.once('error', reject);
    child.once('close', (status) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason);
      else if (status === 0) resolve();
      else reject(new Error(`"${[command, ...args].join(' ')}" failed with status ${status}:\n${output.trim()}`));
    });
  });
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    // The process group has already ended.
    if (error.code !== 'ESRCH') throw error;
  }
}
