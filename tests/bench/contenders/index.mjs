import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromWorkspace } from '@dossier/config';
import { cpuSeconds } from '../cpu.mjs';

const NAMES = ['actors', 'statements', 'sanctions', 'trade'];
/** No telemetry and no detection of the cloud environment. */
const QUIET = { OTEL_SDK_DISABLED: 'true', OTEL_NODE_RESOURCE_DETECTORS: 'none', METADATA_SERVER_DETECTION: 'none' };
/** Settings of our programs; the others have their defaults. Timeouts are long because the machine may be busy. */
const OURS = { PORT: '0', CACHE_MB: '0', DRAIN_MS: '0', SUBGRAPH_MS: '10000', REQUEST_MS: '12000' };

const logs = mkdtempSync(join(tmpdir(), 'dossier-bench-logs-'));
process.on('exit', () => rmSync(logs, { recursive: true, force: true }));
const started = new Set();
// Processes left running after a failure would keep the benchmark from exiting.
process.on('uncaughtExceptionMonitor', () => {
  for (const child of started) child.kill();
});

/** Starts a program with `node`; resolves when it prints its URL. Its log goes to a file, as in production. */
async function program(file, args, env, nodeArgs = []) {
  const log = join(logs, String(started.size));
  const child = spawn(process.execPath, [...nodeArgs, file, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...QUIET, ...env },
    stdio: ['ignore', openSync(log, 'w'), 'inherit'],
  });
  started.add(child);
  for (;;) {
    const [, origin] = /^[^{\n]*?(http:\/\/[\w.]+:\d+)/m.exec(readFileSync(log, 'utf8')) ?? [];
    if (origin) return { child, url: `${origin.replace('localhost', '127.0.0.1')}/graphql` };
    if (hasEnded(child))
      throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode} before it was ready.`);
    await new Promise((later) => setTimeout(later, 2));
  }
}

const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;
const filePath = (file) => fileURLToPath(new URL(file, import.meta.url));
const storeSettings = ({ dataDir, seedsDir, storeUrl }) => ({
  DATA_DIR: dataDir,
  SEEDS_DIR: seedsDir,
  ...(storeUrl && { STORE_URL: storeUrl }),
});

/** One process. */
const singleProcess = (file, env, args = []) => ({
  services: async () => [],
  gateway: (_services, stores, nodeArgs) => program(file, args, { ...storeSettings(stores), ...env }, nodeArgs),
});

/** A gateway over four processes. */
const gatewayOver = (serviceOf, gatewayFile, env) => ({
  services: (stores) => Promise.all(NAMES.map((name) => program(...serviceOf(name, stores)))),
  gateway: (services) => {
    const urls = Object.fromEntries(NAMES.map((name, index) => [name, services[index].url]));
    return program(gatewayFile, [], {
      URLS: JSON.stringify(urls),
      ...env,
      ...Object.fromEntries(NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
    });
  },
});

const ourService = (programs, env) => (name, stores) => [
  programs.services[name],
  [],
  { ...OURS, ...env, ...storeSettings(stores) },
];

/** The two modes in which a build of Dossier runs, given the files of its programs; `env` overrides settings. */
export const runModes = (programs, env = {}) => ({
  embedded: singleProcess(programs.embedded, { ...OURS, ...env }),
  services: gatewayOver(ourService(programs, env), programs.gateway, { ...OURS, ...env }),
});

const PROGRAMS = {
  embedded: fromWorkspace('gateway/dist/embeddedMain.js'),
  gateway: fromWorkspace('gateway/dist/main.js'),
  services: Object.fromEntries(NAMES.map((name) => [name, fromWorkspace(`services/${name}/dist/main.js`)])),
};
const { embedded, services } = runModes(PROGRAMS);
const stockService = (name, stores) => [filePath('./stockService.mjs'), [name], storeSettings(stores)];

/** The contenders. Ours are the production programs, with all limits, error masking and logs. */
const KINDS = {
  embedded,
  /** The same with the response cache: the requests of a round are repeated. */
  cached: runModes(PROGRAMS, { CACHE_MB: '32' }).embedded,
  services,
  stock: gatewayOver(stockService, filePath('./stockGateway.mjs'), {}),
  hive: gatewayOver(ourService(PROGRAMS), filePath('./hive.mjs'), {}),
  limit: singleProcess(filePath('./limit.mjs'), {}),
};
export const CONTENDER_NAMES = Object.keys(KINDS);

/** Starts all processes of a contender. Returns them and its URL. */
export const startContender = async (name, stores, nodeArgs) => ({
  name,
  ...(await startMode(KINDS[name], stores, nodeArgs)),
});

/** Starts all processes of a mode. Returns them and the URL. */
export async function startMode(mode, stores, nodeArgs) {
  const services = await mode.services(stores);
  const gateway = await mode.gateway(services, stores, nodeArgs);
  return { url: gateway.url, services, children: [gateway, ...services].map(({ child }) => child) };
}

/** Milliseconds from the start of another gateway over the running services to its first response. */
export async function timeStart({ name, services }, stores, send) {
  const startedAt = performance.now();
  const { child, url } = await KINDS[name].gateway(services, stores);
  await send(url);
  const took = performance.now() - startedAt;
  await stop([child]);
  return took;
}

/** CPU seconds and megabytes of a contender's processes, so far. */
export function resourceUsage(children) {
  let [cpu, memory] = [0, 0];
  for (const { pid } of children) {
    cpu += cpuSeconds(pid);
    memory += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  }
  return { cpu, memory };
}

export const stop = (children, signal = 'SIGTERM') =>
  Promise.all(
    children.map((child) => {
      if (hasEnded(child)) return undefined;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill(signal);
      return ended;
    }),
  );

/** Kills all running processes, also those of a contender that did not start completely. */
export const stopAll = () => stop([...started], 'SIGKILL');
