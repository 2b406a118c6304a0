import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTempFolder, type Program, removeFolder, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

// Starting a process takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = createTempFolder();
const running: Program[] = [];
const started = async (...options: Parameters<typeof start>): Promise<Program> => {
  const program = await start(...options);
  running.push(program);
  return program;
};
afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  removeFolder(folder);
});

async function ask(
  { url }: Program,
  query: string,
  client = 'one',
): Promise<{ status: number; code: unknown; headers: Headers }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-client': client },
    body: JSON.stringify({ query }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: errors?.[0]?.extensions.code, headers: response.headers };
}
const isWell = async ({ url }: Program): Promise<boolean> => (await fetch(new URL('/health?live', url))).ok;

describe('the whole graph', () => {
  let graph: Program;
  beforeAll(async () => {
    copyOfStores(folder);
    const env = {
      DATA_DIR: folder,
      SEEDS_DIR: join(workspaceRoot(), 'seeds'),
      RATE_LIMIT_COST: '30000',
      RATE_LIMIT_HEADER: 'x-client',
    };
    graph = await started('gateway/dist/embeddedMain.js', env);
  });

  it('rejects a client that has used up RATE_LIMIT_COST, with Retry-After, and still serves others', async () => {
    const large = (at: number) =>
      `query Large${at} { statements(first: 100) { nodes { citations { id } topics attribution { speakers { id name } } } } }`;
    const answers = [];
    for (let at = 0; at < 40 && answers.at(-1)?.status !== 429; at++)
      answers.push(await ask(graph, large(at), 'greedy'));

    const last = answers.at(-1);
    expect(answers[0]?.status).toBe(200);
    expect([last?.status, last?.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(graph, large(99), 'modest')).status).toBe(200);
  });
});

describe('the gateway', () => {
  it('rejects an operation that cannot be planned within MAX_PLAN_MS, and stays responsive', async () => {
    const gateway = await started('gateway/dist/main.js', { MAX_PLAN_MS: '1' });
    const query =
      '{ actors(first: 10) { nodes { statements(first: 10) { nodes { tradeFigures { id } provisionLinks { provision { instrument { symbol } } } attribution { speakers { name } } } } } } }';

    const refused = ask(gateway, query);

    expect(await isWell(gateway)).toBe(true);
    expect(await refused).toMatchObject({ status: 400, code: 'OPERATION_TOO_COMPLEX' });
    expect(await isWell(gateway)).toBe(true);
  });
});
