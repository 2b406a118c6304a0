import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startNginx } from '../support/nginx.js';
import { type Environment, freePort, type Program, start } from '../support/processes.js';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
const PORTS: Readonly<Record<string, number>> = {
  gateway: 4000,
  actors: 4001,
  statements: 4002,
  sanctions: 4003,
  trade: 4004,
};
const PROGRAMS = ['gateway', ...SERVICES];
const REPLICAS = [1, 2];

/** Reads all services, trade in several fetches. VARIANT makes operations different, so that none shares a response. */
const QUERY = `{
  first: tradeFigures(first: 3) { nodes { note reporter { id name } } }
  statements(first: VARIANT) { nodes { id speaker: attribution { speakers { id name } } tradeFigures { note } provisionLinks { provision { id } } } }
  last: tradeFigures(last: 3) { nodes { note } }
}`;

/** What clients got since the last call of `counts`. */
interface Counts {
  /** Complete responses; of those, how many only after a second request. */
  complete: number;
  retried: number;
  /** Responses in which a field is null because of a failure, also after a second request. */
  partial: string[];
  /** No response, also after a second request. */
  lost: string[];
  /** Responses with values of two revisions. */
  mixed: string[];
}

export interface Cluster {
  /** Names of its processes: `gateway 1` and so on. */
  names: string[];
  /** Stops a process with SIGTERM, waits for its end and starts it again. Resolves to its exit status. */
  restart: (name: string) => Promise<number | null>;
  /** Kills a process, and starts it again. */
  kill: (name: string) => Promise<void>;
  counts: () => Counts;
  /** The notes of trade figures in the latest response: its revision. */
  note: () => string;
  /** Waits until clients have got that many complete responses. */
  served: (count: number) => Promise<void>;
  close: () => Promise<void>;
}

const CLIENTS = 4;
/** How long a client waits before its second request. */
const RETRY_MS = 50;

const noCounts = (): Counts => ({ complete: 0, retried: 0, partial: [], lost: [], mixed: [] });

/** Starts two gateways and two of each service behind nginx, and clients that send operations all the time. */
export async function startCluster(environmentOf: (service: string, replica: number) => Environment): Promise<Cluster> {
  const addresses: Record<string, string> = {};
  const portOf = new Map<string, number>();
  const front = `127.0.0.1:${await freePort()}`;
  addresses['127.0.0.1:8000'] = front;
  for (const program of PROGRAMS) {
    for (const replica of REPLICAS) {
      const port = await freePort();
      portOf.set(`${program} ${replica}`, port);
      addresses[`192.0.2.1${replica}:${PORTS[program]}`] = `127.0.0.1:${port}`;
    }
    if (program !== 'gateway')
      addresses[`127.0.0.1:4${100 + (PORTS[program] as number) - 4000}`] = `127.0.0.1:${await freePort()}`;
  }
  const urls = Object.fromEntries(
    SERVICES.map((service) => [
      `${service.toUpperCase()}_URL`,
      `http://${addresses[`127.0.0.1:4${100 + (PORTS[service] as number) - 4000}`]}/graphql`,
    ]),
  );
  const names = [...portOf.keys()];
  const running = new Map<string, Program>();
  const startProgram = async (name: string): Promise<void> => {
    const [program = '', replica] = name.split(' ');
    const common = { PORT: String(portOf.get(name)), DRAIN_MS: '200', RELOAD_MS: '200' };
    running.set(
      name,
      program === 'gateway'
        ? await start('gateway/dist/main.js', { ...common, CACHE_MB: '0', ...urls })
        : await start(`services/${program}/dist/main.js`, { ...common, ...environmentOf(program, Number(replica)) }),
    );
  };
  const balancer = await startNginx(addresses);
  const agent = new Agent({ connections: CLIENTS });
  let counts = noCounts();
  let note = '';
  let isOver = false;

  /** Null if there was no response. */
  async function send(variant: number): Promise<{ data?: unknown; errors?: unknown } | null> {
    try {
      const { statusCode, body } = await request(`http://${front}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: QUERY.replace('VARIANT', String(5 + (variant % 40))) }),
        dispatcher: agent,
      });
      const text = await body.text();
      return statusCode === 200 ? (JSON.parse(text) as { data?: unknown; errors?: unknown }) : null;
    } catch {
      return null;
    }
  }

  async function ask(variant: number): Promise<void> {
    let response = await send(variant);
    const isRetried = !response || response.errors !== undefined;
    if (isRetried) {
      await wait(RETRY_MS);
      response = await send(variant);
    }
    if (!response) counts.lost.push(`operation ${variant}`);
    else if (response.errors !== undefined) counts.partial.push(JSON.stringify(response.errors).slice(0, 300));
    else {
      counts.complete++;
      if (isRetried) counts.retried++;
    }
    const notes = new Set(
      [...JSON.stringify(response?.data ?? null).matchAll(/"note":("[^"]*"|null)/g)].map(([, found]) => found),
    );
    if (notes.size > 1) counts.mixed.push([...notes].join());
    if (notes.size === 1) note = [...notes].join().replaceAll('"', '');
  }

  const close = async () => {
    isOver = true;
    await clients;
    await Promise.all([...running.values()].map((program) => program.stop()));
    await balancer.stop();
    await agent.close();
  };
  let clients: Promise<unknown> = Promise.resolve();
  try {
    await Promise.all(names.map(startProgram));
  } catch (error) {
    await close();
    throw error;
  }
  clients = Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let variant = client; !isOver; variant += CLIENTS) {
        await ask(variant);
        // Leaves CPU time for the programs that are started, and for other tests.
        await wait(100);
      }
    }),
  );
  const served = async (count: number): Promise<void> => {
    for (const from = counts.complete, of = counts; counts === of && counts.complete < from + count; ) await wait(10);
  };
  return {
    names,
    counts: () => {
      const seen = counts;
      counts = noCounts();
      return seen;
    },
    note: () => note,
    served,
    restart: async (name) => {
      const status = await (running.get(name) as Program).stop();
      await startProgram(name);
      return status;
    },
    kill: async (name) => {
      const killed = running.get(name) as Program;
      killed.process.kill('SIGKILL');
      await killed.ended;
      await served(CLIENTS);
      await startProgram(name);
    },
    close,
  };
}
