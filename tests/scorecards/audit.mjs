// `npm run scorecards -- --audit <folder>`: runs a checkout of graphql-hive/federation-gateway-audit, already installed,
// against this gateway. Its program serves the subgraphs of each suite, the supergraph, and the cases; it is started and ended here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { startGateway } from '@dossier/gateway';

/** How long the program of the audit may take to start. */
const START_MS = 120_000;

/** The audit is written for Node 22; on 20 it lacks this one function. */
const WITH_RESOLVERS =
  'Promise.withResolvers??=function(){let resolve,reject;const promise=new Promise((a,b)=>{resolve=a;reject=b});return{promise,resolve,reject}}';
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(WITH_RESOLVERS)}`;

/** Runs the suites of a checkout whose name has `only` in it. Returns the number of cases that passed and of all cases. */
export async function runAudit(folder, { port = 4200, execution = 'own', only = '', onSuite = () => {} } = {}) {
  const base = `http://localhost:${port}`;
  const program = spawn('npx', ['tsx', './src/cli.ts', 'serve', '--port', String(port)], {
    cwd: resolve(folder),
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS },
  });
  const work = mkdtempSync(join(tmpdir(), 'dossier-audit-'));
  try {
    const ids = await suites(base, program);
    const result = { passed: 0, cases: 0 };
    for (const id of ids.filter((name) => name.includes(only))) {
      const failed = await runSuite(base, id, work, execution);
      result.passed += failed.cases - failed.list.length;
      result.cases += failed.cases;
      onSuite(id, failed);
    }
    return result;
  } finally {
    rmSync(work, { recursive: true, force: true });
    if (program.exitCode === null) {
      process.kill(-program.pid, 'SIGTERM');
      await once(program, 'exit');
    }
  }
}

async function suites(base, program) {
  for (const end = Date.now() + START_MS; Date.now() < end && program.exitCode === null; await sleep(250)) {
    const response = await fetch(`${base}/ids`).catch(() => null);
    if (response?.ok) return response.json();
  }
  throw new Error(
    'The program of the audit did not start; expected a checkout with its dependencies installed (npm ci).',
  );
}

async function runSuite(base, id, work, execution) {
  const [supergraphSdl, cases] = await Promise.all([
    fetch(`${base}/${id}/supergraph`).then((response) => response.text()),
    fetch(`${base}/${id}/tests`).then((response) => response.json()),
  ]);
  const supergraph = join(work, `${id}.graphql`);
  writeFileSync(supergraph, supergraphSdl);
  const list = [];
  let gateway;
  try {
    gateway = await startGateway({
      port: 0,
      host: '127.0.0.1',
      corsOrigins: [],
      landing: 'none',
      urls: {},
      supergraph,
      execution,
    });
  } catch (error) {
    return { cases: cases.length, list: cases.map(({ query }) => ({ query, received: String(error) })) };
  }
  try {
    for (const { query, expected } of cases) {
      const response = await fetch(`${gateway.url}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data = null, errors } = await response.json();
      // A case without expected errors accepts responses with and without errors.
      const isRight =
        isDeepStrictEqual(data, expected.data ?? null) &&
        (expected.errors === undefined || expected.errors === Boolean(errors?.length));
      if (!isRight) list.push({ query, expected, received: { data, errors } });
    }
  } finally {
    await gateway.close();
  }
  return { cases: cases.length, list };
}
