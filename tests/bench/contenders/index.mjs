import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NAMES = ['actors', 'statements', 'sanctions', 'trade'];
/** No telemetry, and no looking for the cloud that a program runs in. */
const QUIET = { OTEL_SDK_DISABLED: 'true', OTEL_NODE_RESOURCE_DETECTORS: 'none', METADATA_SERVER_DETECTION: 'none' };
const TICKS_A_SECOND = 100;

const started = new Set();
// What a failure leaves behind would keep the benchmark waiting.
process.on('uncaughtExceptionMonitor', () => {
  for (const child of started) child.kill();
});

/** A program of the benchmark, started by `node` alone; resolves when it answers. */
async function program(file, args, env, nodeArgs = []) {
  const child = spawn(process.execPath, [...nodeArgs, fileURLToPath(new URL(file, import.meta.url)), ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...QUIET, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.add(child);
  const url = await new Promise((found, failed) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const ready = /^READY (.+)$/m.exec(said);
      if (ready) found(ready[1]);
    });
    child.on('exit', (code) => failed(new Error(`${file} ended with ${code} before it was ready.`)));
  });
  return { child, url };
}

async function withServices(serviceFile, gatewayFile, dataDir) {
  const services = await Promise.all(NAMES.map((name) => program(serviceFile, [name], { DATA_DIR: dataDir })));
  const begun = performance.now();
  const gateway = await program(gatewayFile, [], { URLS: JSON.stringify(Object.fromEntries(NAMES.map((name, index) => [name, services[index].url]))) });
  return { url: gateway.url, children: [gateway, ...services].map(({ child }) => child), begun };
}

async function alone(file, dataDir, env = {}, nodeArgs = []) {
  const begun = performance.now();
  const { url, child } = await program(file, [], { DATA_DIR: dataDir, ...env }, nodeArgs);
  return { url, children: [child], begun };
}

/** What is compared: each starts its processes and tells where to ask. */
export const CONTENDERS = {
  embedded: (dataDir, nodeArgs) => alone('./embedded.mjs', dataDir, {}, nodeArgs),
  /** The same with whole answers kept: the requests of a round are asked again and again. */
  cached: (dataDir) => alone('./embedded.mjs', dataDir, { CACHE_BYTES: '33554432' }),
  services: (dataDir) => withServices('./service.mjs', './gateway.mjs', dataDir),
  stock: (dataDir) => withServices('./stockService.mjs', './stockGateway.mjs', dataDir),
  /** Only where HIVE_DIR names a folder with its packages. */
  ...(process.env.HIVE_DIR && { hive: (dataDir) => withServices('./service.mjs', './hive.mjs', dataDir) }),
  limit: (dataDir) => alone('./limit.mjs', dataDir),
};

/** CPU seconds and megabytes of a contender's processes, so far. */
export function used(children) {
  let [cpu, memory] = [0, 0];
  for (const { pid } of children) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    cpu += (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    memory += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  }
  return { cpu, memory };
}

export const stop = (children) =>
  Promise.all(
    children.map((child) => {
      if (child.exitCode !== null || child.signalCode !== null) return undefined;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      return ended;
    }),
  );
