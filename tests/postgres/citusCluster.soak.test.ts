import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import type { RunningGateway } from '@dossier/gateway';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';
import { everyFilter, type Known, lists, pageQuery, readKnown } from './listQueries.js';
import { expectSameAnswer, expectSameAnswers } from './sameAnswers.js';

/** The coordinator, as `dossier_publisher`. `dossier_reader` has the same password, if any. */
const publisherUrl = process.env['CITUS_URL'] ?? '';
const readerUrl = publisherUrl.replace('//dossier_publisher', '//dossier_reader');

const GOLDEN = join(workspaceRoot(), 'tests/golden');
/** Random operations. */
const RUNS = 200;
/** Several, so that their lists are read together. */
const PARENTS = 12;
const TIMEOUT_MS = 600_000;

describe.skipIf(publisherUrl === '')(
  'a Citus cluster',
  { meta: { needs: 'CITUS_URL (a database of a Citus cluster)' }, timeout: TIMEOUT_MS },
  () => {
    let files: TestGraph;
    let published: RunningGateway;
    let known: Known;

    beforeAll(async () => {
      await publishFrom(sharedStores(), publisherUrl, { force: true });
      files = await startGraph();
      published = await startPublishedGraph(readerUrl);
      known = await readKnown(files);
    });
    afterAll(async () => {
      await published?.close();
      await files?.close();
    });

    it('has distributed tables', async () => {
      const client = new pg.Client({ connectionString: publisherUrl });
      await client.connect();
      const { rows } = await client.query(
        `select partmethod = 'h' as is_distributed from pg_dist_partition join pg_class on pg_class.oid = logicalrelid
         where relnamespace::regnamespace::text in (select schema from dossier.revision)`,
      );
      await client.end();
      const distributed = rows.filter(({ is_distributed }) => is_distributed);
      expect(distributed.length).toBeGreaterThan(10);
      expect(rows.length).toBeGreaterThan(distributed.length);
    });

    it('has the answers of files', async () => {
      for (const name of readdirSync(GOLDEN).filter((file) => file.endsWith('.graphql')))
        await expectSameAnswer({ files, published, query: readFileSync(join(GOLDEN, name), 'utf8'), variables: {} });
      await expectSameAnswers({ files, published, from: 1, to: RUNS });
    });

    it('has the lists of files, with every filter, in every order and direction, within one parent and within several', async () => {
      for (const list of lists()) {
        const query = pageQuery(list);
        const parents = list.parent ? (known.ids[list.parent.name] ?? []).slice(0, PARENTS) : [];
        const within = query
          .replace('$parent: ID!', '$parents: [ID!]!')
          .replace('node(id: $parent)', 'nodes(ids: $parents)');
        for (const args of everyFilter(list, known))
          for (const page of [{ first: 4 }, { last: 3 }]) {
            const variables = { ...args, ...page };
            await expectSameAnswer({ files, published, query, variables: { ...variables, parent: parents[0] } });
            if (list.parent)
              await expectSameAnswer({ files, published, query: within, variables: { ...variables, parents } });
          }
      }
    });
  },
);
