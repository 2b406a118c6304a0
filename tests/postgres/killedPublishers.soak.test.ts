import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres, type TestServer } from '../support/postgres.js';
import { type PostgresProxy, startPostgresProxy } from '../support/postgresProxy.js';
import { publishFrom, publishScript, startPublishedGraph } from '../support/publishedGraph.js';
import { allWithNotes, revisionOf } from '../support/revisions.js';
import { SeededRandom } from '../support/seededRandom.js';
import { startTradeInPostgres, type TradeInPostgres } from '../support/tradeInPostgres.js';

/** Publishers that are killed in each of the parts, which can be run one by one. */
const KILLS = 25;
const PARTS = [1, 2, 3, 4];

/** Longer than standbys are behind, and shorter than a few publishers take, so that schemas are dropped all the time. */
const GRACE_MS = 4_000;
const MAX_LAG_MS = 1_500;

/** What publishers are killed at: the time is random after the server got a statement, or after the start of the program. */
const MOMENTS = [
  { name: 'at any time', pattern: /^/, maxMs: 3_000 },
  { name: 'when rows of revisions are written', pattern: /^insert into dossier\.revision/, maxMs: 15 },
  { name: 'at COMMIT', pattern: /^commit$/, maxMs: 5 },
  { name: 'at DROP', pattern: /^drop schema/, maxMs: 10 },
] as const;

/** Reads each service in at least two fetches, one of which depends on another. */
const NOTES = `{
  events(first: 3) { nodes { note } }
  regimes(first: 2) { nodes { note } }
  statements(first: 8) { nodes { note events { note } tradeFigures { note } } }
  provisionLinks(first: 5) { nodes { regime { note } statement { note } } }
  tradeFigures(last: 3) { nodes { note statement { note } } }
}`;

/** What to look for in a response, by service: the paths of its notes. */
const PATHS: Readonly<Record<string, RegExp>> = {
  actors: /^(?:events|statements\.nodes\.events)\b/,
  sanctions: /^(?:regimes|provisionLinks\.nodes\.regime)\b/,
  trade: /^(?:tradeFigures\.nodes\.note|statements\.nodes\.tradeFigures)\b/,
  statements: /^(?:statements\.nodes\.note|\w+\.nodes\.statement)\b/,
};

const folder = mkdtempSync(join(tmpdir(), 'dossier-killed-'));

describe.skipIf(postgres.isMissing)('a graph whose publishers are killed', postgres.options, () => {
  let primary: TestPostgres;
  let standby: TestServer;
  let proxy: PostgresProxy;
  let services: TradeInPostgres;
  let embedded: RunningGateway;
  let published = 1;
  let isOver = false;
  let background: Promise<unknown>;
  let responseCount = 0;
  const problems: string[] = [];
  /** The newest revisions that clients got, by client and service. */
  const newest: Record<string, number>[] = [];
  const random = new SeededRandom(Date.now());

  beforeAll(async () => {
    primary = await startPostgres();
    proxy = await startPostgresProxy(primary.socket);
    await publishFrom(allWithNotes(folder, revisionOf(1)), primary.publisherUrl);
    standby = await primary.startStandby();
    const database = { url: primary.readerUrl, readUrls: [standby.readerUrl], poolSize: 2 };
    services = await startTradeInPostgres(database, ['actors', 'statements', 'sanctions', 'trade']);
    embedded = await startPublishedGraph('', { database, reloadMs: 100 });
    const executed = async () => JSON.parse(JSON.stringify(await embedded.execute({ query: NOTES })));
    background = Promise.all([
      client('services', () => services.ask(NOTES)),
      client('services', () => services.ask(NOTES)),
      client('embedded', executed),
      lag(),
    ]);
  });
  afterAll(async () => {
    isOver = true;
    await background;
    await services?.close();
    await embedded?.close();
    await proxy?.close();
    await primary?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sends requests one after the other. Each response must be complete, of one revision of each service, and not older than the one before. */
  async function client(name: string, ask: () => Promise<{ data: unknown; errors?: unknown }>): Promise<void> {
    const last: Record<string, number> = {};
    newest.push(last);
    while (!isOver) {
      const { data, errors } = await ask();
      responseCount++;
      if (errors) problems.push(`${name}: ${JSON.stringify(errors).slice(0, 500)}`);
      const notes = notesOf(data);
      for (const [service, paths] of Object.entries(PATHS)) {
        const revisions = new Set(notes.filter(([path]) => paths.test(path)).map(([, note]) => note));
        if (revisions.size !== 1) problems.push(`${name}: ${service} has ${[...revisions].join(' and ')}`);
        const revision = Number.parseInt([...revisions][0] ?? '', 16);
        if (revision < (last[service] ?? 0))
          problems.push(`${name}: ${service} went back from ${last[service]} to ${revision}`);
        last[service] = revision;
      }
      await wait(5);
    }
  }

  /** Stops and continues the standby's replay at random. */
  async function lag(): Promise<void> {
    while (!isOver) {
      await standby.query('select pg_wal_replay_pause()');
      await wait(random.below(MAX_LAG_MS));
      await standby.query('select pg_wal_replay_resume()');
      await wait(random.below(500));
    }
  }

  /** Publishes the next revision in a program of its own, which is killed; resolves to whether it was. */
  async function publish(moment: (typeof MOMENTS)[number] | null): Promise<boolean> {
    published++;
    const stores = allWithNotes(folder, revisionOf(published));
    const child = spawn(process.execPath, [publishScript, stores, proxy.urlOf('dossier_publisher'), String(GRACE_MS)], {
      stdio: 'inherit',
    });
    const exited = once(child, 'exit');
    let timer: NodeJS.Timeout | undefined;
    const kill = (maxMs: number) => {
      timer ??= setTimeout(() => child.kill('SIGKILL'), random.below(maxMs + 1));
    };
    proxy.onQuery = (sql) => {
      if (moment?.pattern.test(sql) && random.chance(60)) kill(moment.maxMs);
      return false;
    };
    const [status, signal] = await exited;
    clearTimeout(timer);
    proxy.onQuery = null;
    rmSync(stores, { recursive: true, force: true });
    if (status !== null && status !== 0) problems.push(`a publisher ended with ${status}`);
    return signal === 'SIGKILL';
  }

  it.each(PARTS)(
    `answers every request completely, of one revision and never older: ${KILLS} publishers killed, part %i`,
    async (part) => {
      let killCount = 0;
      for (let attempt = 0; killCount < KILLS; attempt++) {
        expect(attempt, 'attempts').toBeLessThan(KILLS * 4);
        if (await publish(MOMENTS[attempt % MOMENTS.length] ?? null)) killCount++;
        expect(problems.join('\n')).toBe('');
      }
      expect(await publish(null)).toBe(false);
      await expect
        .poll(() => newest.every((last) => Object.values(last).every((revision) => revision === published)), {
          timeout: 20_000,
        })
        .toBe(true);
      expect(problems.join('\n')).toBe('');
      expect(
        await primary.query(
          "select nspname from pg_namespace where nspname like 'dossier\\_%' and nspname not in (select schema from dossier.revision union select schema from dossier.retired)",
        ),
      ).toEqual([]);
      console.info(`part ${part}: ${published} publishers so far, ${responseCount} responses`);
    },
    900_000,
  );
});

/** The notes in a response, each with the path of its field, without indexes. */
function notesOf(value: unknown, path = ''): [path: string, note: string][] {
  if (Array.isArray(value)) return value.flatMap((item) => notesOf(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    key === 'note'
      ? [[`${path}.note`.replace(/^\./, ''), String(inner)]]
      : notesOf(inner, `${path}.${key}`.replace(/^\./, '')),
  );
}
