import { readdirSync, readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTempFolder, type Program, removeFolder, start, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';
import { SERVICES } from './files.js';
import { documentedNeeds, type Needs } from './memory.js';

// Five processes and their client share the cores.
vi.setConfig({ testTimeout: 600_000 });

const REQUESTS = 800;
const CONNECTIONS = 50;
/** Milliseconds. A slow machine takes longer, but not more memory. */
const PATIENT = { SUBGRAPH_MS: '60000', REQUEST_MS: '60000' };
/** Distinct operations: each is parsed, planned and cached. */
const OPERATIONS = 400;

const needs = documentedNeeds();
const needsOf = (program: string): Needs => needs[program] as Needs;

/** Pages of statements, with fields of all services; the response cache holds few of the combinations. */
const body = (index: number): string =>
  JSON.stringify({
    query: `query M${index % OPERATIONS}($first: Int!) { page${index % OPERATIONS}: statements(first: $first) { totalCount nodes {
      id summary modality attribution { status speakers { id name aliases { text } } relayChain { position medium carrier { id name } } }
      provisionLinks { relation provision { id paragraph } } tradeFigures { id value unit } } } }`,
    variables: { first: 20 + (index % 80) },
  });

/** Sends the load; resolves with the number of complete responses. */
async function sendLoad(url: string): Promise<number> {
  const pool = new Pool(new URL(url).origin, { connections: CONNECTIONS });
  let next = 0;
  let complete = 0;
  const client = async () => {
    while (next < REQUESTS) {
      const response = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body(next++),
      });
      const text = await response.body.text();
      if (response.statusCode === 200 && text.startsWith('{"data":{')) complete++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  await pool.destroy();
  return complete;
}

/** MB of resident memory, now (`VmRSS`) or at most so far (`VmHWM`). */
function residentMemory({ process: { pid } }: Program, key: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
}
const descriptors = ({ process: { pid } }: Program): number => readdirSync(`/proc/${pid}/fd`).length;

const running: Program[] = [];
let folder = '';
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
  removeFolder(folder);
});

/** Starts a program with the smallest heap that the documentation gives. */
async function startWithHeap(program: string, script: string, env: Record<string, string>): Promise<Program> {
  const NODE_OPTIONS = `--max-old-space-size=${needsOf(program).heap}`;
  const started = await start(script, { DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS, ...PATIENT, ...env });
  running.push(started);
  return started;
}

async function expectWithinNeeds(programs: [Program, string][], url: string): Promise<void> {
  for (const [program, name] of programs)
    expect(residentMemory(program, 'VmRSS'), name).toBeLessThan(needsOf(name).idle);

  expect(await sendLoad(url)).toBe(REQUESTS);

  for (const [program, name] of programs) {
    expect(residentMemory(program, 'VmHWM'), name).toBeLessThan(needsOf(name).peak);
    await waitFor(`the descriptors of ${name}`, () => descriptors(program) < needsOf(name).descriptors, 60);
  }
}

describe('with the smallest heap, and within the memory and descriptors that the documentation gives,', () => {
  it('the whole graph in one process serves the load', async () => {
    folder = createTempFolder();
    copyOfStores(folder);
    const graph = await startWithHeap('The whole graph', 'gateway/dist/embeddedMain.js', {});

    await expectWithinNeeds([[graph, 'The whole graph']], graph.url);
  });

  it('the gateway and the services serve the load', async () => {
    folder = createTempFolder();
    copyOfStores(folder);
    const programs: [Program, string][] = [];
    const urls: Record<string, string> = {};
    for (const service of SERVICES) {
      const program = await startWithHeap('A service', `services/${service}/dist/main.js`, {});
      programs.push([program, 'A service']);
      urls[`${service.toUpperCase()}_URL`] = program.url;
    }
    const gateway = await startWithHeap('The gateway', 'gateway/dist/main.js', urls);

    await expectWithinNeeds([...programs, [gateway, 'The gateway']], gateway.url);
  });
});
