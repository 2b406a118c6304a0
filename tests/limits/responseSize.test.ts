import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { type RunningGateway, startEmbedded, startGateway } from '@dossier/gateway';
import { serveSubgraph } from '@dossier/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServices, type TestServices } from '../support/services.js';

/** Characters of a response, far below what the largest of the operations here needs. */
const BYTES = 20_000;
const SMALL = '{ statements(first: 2) { nodes { id summary } } }';
const LARGE = '{ statements(first: 100) { nodes { id summary note attribution { status note } citations { id } } } }';
/** Small to fetch, since each field is fetched once, and large to answer. */
const ALIASED = `{ statements(first: 20) { nodes { ${Array.from({ length: 60 }, (_, at) => `a${at}: summary`).join(' ')} } } }`;

interface Answer {
  status: number;
  data?: Record<string, unknown> | null;
  codes: unknown[];
}

async function ask({ url }: { url: string }, query: string): Promise<Answer> {
  const response = await fetch(url.endsWith('graphql') ? url : `${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: { extensions?: { code?: string } }[];
  };
  return {
    status: response.status,
    ...(data !== undefined && { data }),
    codes: [...new Set(errors.map(({ extensions }) => extensions?.code))],
  };
}

const LISTEN = { port: 0, host: '127.0.0.1' };
let services: TestServices;
let dataDir: string;
const open: { close: () => Promise<void> }[] = [];
const opened = async <Running extends { close: () => Promise<void> }>(starting: Promise<Running>): Promise<Running> => {
  const running = await starting;
  open.push(running);
  return running;
};

beforeAll(() => {
  services = openServices();
  dataDir = mkdtempSync(join(tmpdir(), 'dossier-size-'));
});
afterAll(async () => {
  for (const { close } of open) await close();
  services.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The services over HTTP, with a limit on the size of their responses or without one. */
async function serve(maxResponseBytes?: number): Promise<Record<string, string>> {
  const served = await Promise.all(
    services.subgraphs.map(
      async (subgraph) =>
        [
          subgraph.name,
          (
            await opened(
              serveSubgraph(
                { ...subgraph, close: () => {} },
                { ...LISTEN, ...(maxResponseBytes && { maxResponseBytes }) },
              ),
            )
          ).url,
        ] as const,
    ),
  );
  return Object.fromEntries(served);
}

describe.each<[mode: string, start: () => Promise<RunningGateway>]>([
  [
    'in one process',
    () =>
      startEmbedded({
        ...LISTEN,
        corsOrigins: [],
        dataDir,
        seedsDir: join(workspaceRoot(), 'seeds'),
        maxResponseBytes: BYTES,
      }),
  ],
  ...(['own', 'stock'] as const).map((execution): [string, () => Promise<RunningGateway>] => [
    `over services, ${execution} execution`,
    async () => startGateway({ ...LISTEN, corsOrigins: [], execution, urls: await serve(), maxResponseBytes: BYTES }),
  ]),
])('a response larger than MAX_RESPONSE_BYTES, %s,', (_, start) => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await opened(start());
  });

  it('is rejected, and smaller ones are not', async () => {
    expect(await ask(gateway, SMALL)).toMatchObject({ status: 200, codes: [] });
    expect(await ask(gateway, LARGE)).toEqual({ status: 400, codes: ['RESPONSE_TOO_LARGE'] });
  });

  it('is rejected if only aliases make it large', async () => {
    const { data = null, codes } = await ask(gateway, ALIASED);

    expect(codes).toEqual(['RESPONSE_TOO_LARGE']);
    // The stock execution fetches each alias, so that it is the fetch that is too large.
    expect(data?.['statements'] ?? null).toBeNull();
  });

  it('is rejected if introspection makes it large', async () => {
    expect(await ask(gateway, '{ __schema { types { name description fields { name description } } } }')).toEqual({
      status: 400,
      codes: ['RESPONSE_TOO_LARGE'],
    });
  });
});

describe('a subgraph response that is larger than its limit', () => {
  it('is rejected by the service', async () => {
    const urls = await serve(BYTES);

    expect(await ask({ url: urls['statements'] as string }, SMALL)).toMatchObject({ status: 200, codes: [] });
    expect(await ask({ url: urls['statements'] as string }, LARGE)).toEqual({
      status: 400,
      codes: ['RESPONSE_TOO_LARGE'],
    });
  });

  it('nulls the fields of that service at the gateway, with an error that gives the reason', async () => {
    const gateway = await opened(startGateway({ ...LISTEN, corsOrigins: [], urls: await serve(BYTES) }));

    const { status, data, codes } = await ask(gateway, `{ places(first: 1) { totalCount } ${LARGE.slice(1)}`);

    expect([status, codes, data?.['statements'], data?.['places']]).toEqual([
      200,
      ['RESPONSE_TOO_LARGE'],
      null,
      { totalCount: expect.any(Number) },
    ]);
  });
});

describe('an operation that takes longer than its deadline', () => {
  it('is aborted by a service, and its fields are null in one process', async () => {
    const [first] = services.subgraphs.filter(({ name }) => name === 'statements');
    if (!first) throw new Error('The service does not exist.');
    const service = await opened(serveSubgraph({ ...first, close: () => {} }, { ...LISTEN, operationMs: 0.001 }));
    const graph = await opened(
      startEmbedded({
        ...LISTEN,
        corsOrigins: [],
        dataDir,
        seedsDir: join(workspaceRoot(), 'seeds'),
        requestMs: 0.001,
      }),
    );
    const large = '{ statements(first: 100) { nodes { id citations { id } attribution { status speakers { id } } } } }';

    expect(await ask(service, large)).toEqual({ status: 503, codes: ['OPERATION_TIMEOUT'] });
    expect(await ask(graph, large)).toMatchObject({
      status: 200,
      data: { statements: null },
      codes: ['GATEWAY_TIMEOUT'],
    });
  });
});
