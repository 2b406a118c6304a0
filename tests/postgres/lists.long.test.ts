import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startGraphOn, startPublishedGraph } from '../support/publishedGraph.js';
import { SeededRandom } from '../support/seededRandom.js';
import { argumentsFor, type Known, lists, pageQuery, readKnown } from './listQueries.js';
import { oddStores } from './oddStores.js';
import { expectSameAnswer } from './sameAnswers.js';

/** Random filters and orders for each list, and pages of each; the environment selects the long form. */
const ROUNDS = process.env['SOAK'] ? 60 : 3;
const PAGES = 3;

/** Cursors that no list has. */
const OTHER_CURSORS = ['', 'a', 'AAAA', '\u0000', '\ud800', 'ä', 'a'.repeat(10_000), 'MDAwMDAwMDAwMA'];

interface Answer {
  data: {
    list?: Connection | null;
    node?: { list?: Connection | null } | null;
  } | null;
  errors?: { extensions?: { code?: string } }[];
}
interface Connection {
  totalCount: number;
  edges: { cursor: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'dossier-lists-'));

describe.skipIf(postgres.isMissing)('lists of values that databases treat differently', postgres.options, () => {
  let server: TestPostgres;
  let files: RunningGateway;
  let published: RunningGateway;
  let known: Known;

  beforeAll(async () => {
    server = await startPostgres();
    oddStores(folder, new SeededRandom(7));
    await publishFrom(folder, server.publisherUrl);
    [files, published] = await Promise.all([startGraphOn(folder), startPublishedGraph(server.readerUrl)]);
    known = await readKnown(files);
  });
  afterAll(async () => {
    await published?.close();
    await files?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const all = lists();

  it(
    `have the same pages, counts and errors in every order and with every filter: ${all.length * ROUNDS * PAGES} pages`,
    async () => {
      const seen = { pages: 0, nodes: 0, errors: 0 };
      for (const [index, list] of all.entries()) {
        const query = pageQuery(list, true);
        for (let round = 0; round < ROUNDS; round++) {
          const random = new SeededRandom(index * 10_007 + round);
          const variables = argumentsFor(list, known, random);
          let cursors: string[] = [];
          for (let page = 0; page < PAGES; page++) {
            const answer = JSON.parse(await expectSameAnswer({ files, published, query, variables })) as Answer;
            const connection = answer.data?.list ?? answer.data?.node?.list;
            seen.pages++;
            seen.nodes += connection?.edges.length ?? 0;
            seen.errors += answer.errors ? 1 : 0;
            cursors = [...cursors, ...(connection?.edges.map(({ cursor }) => cursor) ?? [])];
            // The next page has the same order and filter, from any row that was seen, in any direction.
            delete variables['first'];
            delete variables['last'];
            delete variables['after'];
            delete variables['before'];
            variables[random.chance(50) ? 'first' : 'last'] = random.below(5);
            for (const name of ['after', 'before'])
              if (random.chance(60))
                variables[name] = random.chance(cursors.length > 0 ? 90 : 30)
                  ? random.of([...cursors, ''])
                  : random.of(OTHER_CURSORS);
          }
        }
      }
      // Otherwise hardly anything would have been compared.
      expect(seen.pages).toBe(all.length * ROUNDS * PAGES);
      expect(seen.nodes).toBeGreaterThan(seen.pages / 4);
      expect(seen.errors).toBeGreaterThan(0);
    },
    60_000 + ROUNDS * 20_000,
  );
});
