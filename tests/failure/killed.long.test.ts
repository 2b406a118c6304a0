import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type Program, removeFolder, run, start, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
/** How often each service is killed, and how long it stays down; SOAK selects the long form. */
const [ROUNDS, AWAY_MS] = process.env['SOAK'] ? [5, 3_000] : [1, 1_000];
const CLIENTS = 4;
const SECRET = 'a-secret-for-the-test';
/** After a service listens again: the circuit breaker allows a probe within a second. */
const WHOLE_AGAIN_SECONDS = 5;

/** Selects fields of every service. VARIANT makes each operation different, so that none shares the response of another. */
const QUERY = `{
  statements(first: 5) { nodes { id summary attribution { speakers { id name } } provisionLinks { provision { id paragraph } } tradeFigures { id value } } }
  actors(first: 3) { nodes { id name } }
  provisions(first: VARIANT) { nodes { id paragraph } }
  tradeFigures(first: VARIANT) { nodes { id } }
}`;

interface Counts {
  whole: number;
  partial: number;
  lost: string[];
  /** Services named in errors. */
  blamed: Set<string>;
}

const agent = new Agent({ connections: CLIENTS });
let folder: string;
let urls: Record<string, string>;
let gateway: Program;
const running = new Map<string, Program>();

beforeAll(async () => {
  folder = copyOfStores();
  urls = Object.fromEntries(
    await Promise.all(SERVICES.map(async (name) => [name, `http://127.0.0.1:${await freePort()}/graphql`])),
  );
  gateway = await start('gateway/dist/main.js', { ...addresses(), CACHE_MB: '0', SUBGRAPH_SECRET: SECRET });
}, 120_000);
afterAll(async () => {
  await agent.close();
  await Promise.all([gateway, ...running.values()].map((program) => program?.stop()));
  removeFolder(folder);
});

const addresses = () => Object.fromEntries(SERVICES.map((name) => [`${name.toUpperCase()}_URL`, urls[name] as string]));

async function startService(name: string): Promise<void> {
  const { port } = new URL(urls[name] as string);
  running.set(
    name,
    await start(`services/${name}/dist/main.js`, { DATA_DIR: folder, PORT: port, SUBGRAPH_SECRET: SECRET }),
  );
}

async function ask(counts: Counts, variant: number): Promise<boolean> {
  try {
    const body = JSON.stringify({ query: QUERY.replaceAll('VARIANT', String(1 + (variant % 90))) });
    const { statusCode, body: answer } = await request(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher: agent,
    });
    const text = await answer.text();
    const { data, errors = [] } = JSON.parse(text) as {
      data?: object | null;
      errors?: { path?: unknown[]; extensions: { service?: string } }[];
    };
    if (statusCode !== 200 || !data || errors.some(({ path, extensions }) => !path || !extensions.service))
      counts.lost.push(`${statusCode} ${text.slice(0, 300)}`);
    else if (errors.length === 0) counts.whole++;
    else counts.partial++;
    for (const { extensions } of errors) counts.blamed.add(String(extensions.service));
    return statusCode === 200 && errors.length === 0;
  } catch (error) {
    counts.lost.push(String(error));
    return false;
  }
}

const nothing = (): Counts => ({ whole: 0, partial: 0, lost: [], blamed: new Set() });

describe('a gateway over processes that stop and start', () => {
  it('starts while all subgraphs are down, and returns complete responses when they are up', async () => {
    const counts = nothing();

    const isWhole = await ask(counts, 0);
    await Promise.all(SERVICES.map(startService));

    expect(isWhole).toBe(false);
    expect([...counts.blamed].sort()).toEqual([...SERVICES].sort());
    expect(counts.lost).toEqual([]);
    await waitFor('answers are whole', () => ask(nothing(), 0), WHOLE_AGAIN_SECONDS);
  }, 60_000);

  it.each(SERVICES)(
    'loses no request while %s is killed under load, and recovers soon after its restart',
    async (name) => {
      for (let round = 0; round < ROUNDS; round++) {
        const counts = nothing();
        let isOver = false;
        const clients = Array.from({ length: CLIENTS }, async (_, client) => {
          for (let variant = client; !isOver; variant += CLIENTS) await ask(counts, variant);
        });
        await waitFor('some answers are whole', () => counts.whole > 50);
        const killed = running.get(name) as Program;

        killed.process.kill('SIGKILL');
        await killed.ended;
        await new Promise((later) => setTimeout(later, AWAY_MS));
        const away = { ...counts };
        await startService(name);
        const back = performance.now();
        await waitFor('answers are whole again', () => ask(nothing(), 1), WHOLE_AGAIN_SECONDS);
        const took = performance.now() - back;
        const { whole } = counts;
        await waitFor('they stay whole', () => counts.whole > whole + 100);
        isOver = true;
        await Promise.all(clients);

        if (process.env['SOAK'])
          process.stdout.write(
            `${name}: ${counts.whole} whole, ${counts.partial} partial, ${counts.lost.length} lost; whole again after ${Math.round(took)} ms\n`,
          );
        expect(counts.lost).toEqual([]);
        expect([...counts.blamed]).toEqual([name]);
        expect(away.partial).toBeGreaterThan(0);
      }
    },
    60_000 + ROUNDS * 30_000,
  );

  it('is the only client that services with a secret accept', async () => {
    for (const query of [
      '{ __typename }',
      '{ _service { sdl } }',
      '{ _entities(representations: []) { __typename } }',
    ]) {
      const response = await fetch(urls['trade'] as string, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });

      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'GATEWAY_ONLY' } }] });
    }
    expect((await fetch(new URL('/readyz', urls['trade']))).status).toBe(200);
  });

  it('passes readiness checks with the secret, which appears in no log and no printed configuration', async () => {
    const env = { ...addresses(), DATA_DIR: folder, SUBGRAPH_SECRET: SECRET };

    const [looked, printed] = [
      await run('gateway/dist/operateCli.js', ['doctor', '--json'], env),
      await run('gateway/dist/main.js', ['--print-config'], env),
    ];

    for (const name of SERVICES) expect(looked.stdout).toMatch(new RegExp(`"subgraph ${name}",\\s*"outcome": ?"ok"`));
    expect(printed.stdout).toContain('SUBGRAPH_SECRET');
    expect(looked.stdout + looked.stderr + printed.stdout + printed.stderr).not.toContain(SECRET);
    expect(JSON.stringify([gateway, ...running.values()].map(({ log }) => log))).not.toContain(SECRET);
  });
});
