import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres, type TestServer } from '../support/postgres.js';
import { type PostgresProxy, startPostgresProxy } from '../support/postgresProxy.js';
import { waitFor } from '../support/processes.js';
import { publishFrom, publishScript } from '../support/publishedGraph.js';
import { revisionOf, tradeWithNotes } from '../support/revisions.js';
import { SeededRandom } from '../support/seededRandom.js';
import { sharedStores } from '../support/stores.js';
import { startTradeInPostgres, type TradeInPostgres } from '../support/tradeInPostgres.js';

/** Publishers that are killed at a random time; `killedPublishers.soak.test.ts` kills a hundred. */
const KILLS = 3;

/** What a publisher sends, in this order. It is killed before the server gets it, or right after it was sent. */
const STEPS = [
  ['create schema', /^create schema "dossier_trade/],
  ['copy', /^copy /],
  ['a foreign key', /add foreign key/],
  ['analyze', /^analyze /],
  ['the row of the revision', /^insert into dossier\.revision/],
  ['commit', /^commit$/],
  ['drop schema', /^drop schema/],
] as const;

/** Reads the service in two fetches of the gateway. */
const NOTES = `{
  first: tradeFigures(first: 3) { nodes { note } }
  last: tradeFigures(last: 3) { nodes { note } }
  statements(first: 40) { nodes { tradeFigures { note } } }
}`;

const GRACE_MS = 2_500;
const folder = mkdtempSync(join(tmpdir(), 'dossier-killed-'));

describe.skipIf(postgres.isMissing)('what is served, while publishers are killed', postgres.options, () => {
  let primary: TestPostgres;
  let standby: TestServer;
  let proxy: PostgresProxy;
  let graph: TradeInPostgres;
  let published = 1;
  /** Revisions that clients got, in order, and what they must not get. */
  const seen: number[] = [];
  const problems: string[] = [];
  let isOver = false;
  let clients: Promise<unknown>;

  beforeAll(async () => {
    primary = await startPostgres();
    await publishFrom(sharedStores(), primary.publisherUrl);
    // Behind by less than the grace period.
    standby = await primary.startStandby({ recovery_min_apply_delay: '300ms' });
    proxy = await startPostgresProxy(primary.socket);
    expect(await publish(1)).toBe(0);
    graph = await startTradeInPostgres({ url: primary.readerUrl, readUrls: [standby.readerUrl], poolSize: 2 });
    await waitFor('the first revision', async () => (await read()) === 1);
    problems.length = 0;
    clients = Promise.all(
      [1, 2].map(async () => {
        let last = 0;
        while (!isOver) {
          const revision = await read();
          if (revision < last) problems.push(`went back from ${last} to ${revision}`);
          last = revision;
          if (seen.at(-1) !== revision) seen.push(revision);
          await wait(5);
        }
      }),
    );
  });
  afterAll(async () => {
    isOver = true;
    await clients;
    await graph?.close();
    await proxy?.close();
    await primary?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The revision of a response; every other response is a problem. */
  async function read(): Promise<number> {
    const { data, errors } = await graph.ask(NOTES);
    const notes = new Set([...JSON.stringify(data).matchAll(/"note":"?([0-9a-f]+|null)/g)].map(([, note]) => note));
    if (errors !== undefined) problems.push(JSON.stringify(errors).slice(0, 300));
    if (notes.size !== 1) problems.push(`mixed: ${[...notes].join()}`);
    return Number.parseInt([...notes][0] ?? '', 16) || 0;
  }

  /** Publishes a revision in a process; resolves to its exit status, or null if it was killed. */
  async function publish(number: number, onStart: (kill: () => void) => void = () => {}): Promise<number | null> {
    const file = tradeWithNotes(folder, revisionOf(number));
    const child = spawn(process.execPath, [publishScript, file, proxy.urlOf('dossier_publisher'), String(GRACE_MS)], {
      stdio: 'inherit',
    });
    onStart(() => child.kill('SIGKILL'));
    const [status] = await once(child, 'exit');
    proxy.onQuery = null;
    return status;
  }

  /** Makes replaced schemas old enough to be dropped, except for those that are read. */
  const age = () =>
    primary.query(
      "update dossier.retired set since = since - interval '1 hour' where since < now() - interval '2 seconds'",
    );

  /** Expects the schema in use, and those that are still in their grace period, and no other. */
  async function expectNothingLeftOver(): Promise<void> {
    const found = await primary.query(
      "select nspname from pg_namespace where nspname like 'dossier\\_trade%' and nspname not in (select schema from dossier.revision union select schema from dossier.retired)",
    );
    expect(found).toEqual([]);
  }

  /** Expects that a publisher which is not disturbed succeeds, and that its revision is then served. */
  async function expectNextSucceeds(): Promise<void> {
    published++;
    expect(await publish(published)).toBe(0);
    await expect.poll(() => seen.at(-1), { timeout: 10_000, interval: 20 }).toBe(published);
  }

  const cases = STEPS.flatMap(([name, pattern]) => [
    [`before the server gets "${name}"`, pattern, true] as const,
    ...(name === 'commit' || name === 'drop schema' ? [[`after it has sent "${name}"`, pattern, false] as const] : []),
  ]);

  it.each(cases)('is complete, of one revision and never older: killed %s', async (_, pattern, isBefore) => {
    await age();
    published++;
    const status = await publish(published, (kill) => {
      proxy.onQuery = (sql) => {
        if (!pattern.test(sql)) return false;
        kill();
        return isBefore;
      };
    });

    expect(status).toBeNull();
    await expectNothingLeftOver();
    expect(problems.join('\n')).toBe('');
  });

  it.each(STEPS.filter(([name]) => ['copy', 'the row of the revision', 'commit', 'drop schema'].includes(name)))(
    'is complete, of one revision and never older: the process of the server killed before it gets "%s"',
    async (_, pattern) => {
      await age();
      published++;
      let pid: number | null = null;
      let isAsked = false;
      const status = await publish(published, () => {
        proxy.onQuery = (sql) => {
          // In the first of its transactions: a query that is running when the process is killed fails.
          if (!isAsked && sql.startsWith('begin')) {
            isAsked = true;
            void primary
              .query("select pid from pg_stat_activity where application_name = 'dossier publish'")
              .then(([row]) => {
                pid = (row as { pid: number }).pid;
              });
          }
          if (pid === null || !pattern.test(sql)) return false;
          // The server then ends all its connections, and recovers from its log.
          process.kill(pid, 'SIGKILL');
          pid = null;
          return false;
        };
      });

      expect(status).toBe(1);
      const isUp = () =>
        primary.query('select 1').then(
          () => true,
          () => false,
        );
      await expect.poll(isUp, { timeout: 30_000 }).toBe(true);
      await expectNothingLeftOver();
      expect(problems.join('\n')).toBe('');
    },
  );

  it('is that of the next publisher', async () => {
    await expectNextSucceeds();
    await expectNothingLeftOver();
    expect(problems.join('\n')).toBe('');
  });

  it(
    `is complete, of one revision and never older: ${KILLS} killed at random times`,
    async () => {
      const random = new SeededRandom(20);
      for (let count = 0; count < KILLS; count++) {
        await age();
        published++;
        let statements = 0;
        // A publisher sends about 60 statements.
        const at = random.below(60);
        await publish(published, (kill) => {
          proxy.onQuery = () => {
            if (statements++ === at) kill();
            return false;
          };
        });
        expect(problems.join('\n')).toBe('');
      }
      await expectNextSucceeds();
      await expectNothingLeftOver();
      expect(problems.join('\n')).toBe('');
    },
    60_000 + KILLS * 5_000,
  );
});
