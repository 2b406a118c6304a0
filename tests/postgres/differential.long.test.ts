import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';
import { expectSameAnswers } from './sameAnswers.js';

/** Random operations that are compared; the environment selects the long form. */
const RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 400);
/** Those before are compared by `answers.test.ts`. */
const FIRST = 61;
/** Milliseconds for them, on a slow machine. */
const TIMEOUT_MS = 60_000 + RUNS * 100;

describe.skipIf(postgres.isMissing)('random operations', postgres.options, () => {
  let server: TestPostgres;
  let files: TestGraph;
  let published: RunningGateway;

  beforeAll(async () => {
    [server, files] = await Promise.all([startPostgres(), startGraph()]);
    await publishFrom(sharedStores(), server.publisherUrl);
    published = await startPublishedGraph(server.readerUrl);
  });
  afterAll(async () => {
    await published?.close();
    await files?.close();
    await server?.close();
  });

  it(
    `have the same answers in both databases, byte for byte: ${RUNS}`,
    async () => {
      expect.hasAssertions();
      await expectSameAnswers({ files, published, from: FIRST, to: FIRST + RUNS - 1 });
    },
    TIMEOUT_MS,
  );
});
