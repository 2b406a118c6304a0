import { spawn } from 'node:child_process';

/** Makes a program report its CPU seconds and its largest resident memory on the fourth file descriptor when it ends. */
const REPORT = `data:text/javascript,${encodeURIComponent(`import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }));
});`)}`;

/**
 * Runs a program with `node`. Returns its CPU seconds, the seconds it took, its largest resident memory in megabytes, and what it
 * printed. Throws if it fails.
 */
export async function measure(file, args, env = {}) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [output, usage, status] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stdio[3]),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${output.slice(-500)}`);
  return { ...JSON.parse(usage), seconds: (performance.now() - startedAt) / 1000, output };
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}
