import { catalogue, type RunningGateway, startGateway } from '@dossier/gateway';
import { catalogue as everywhere } from '@dossier/http-server';
import { type RunningSubgraph, type Subgraph, serveSubgraph } from '@dossier/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServices, type TestServices } from '../support/services.js';
import { type FakeSubgraph, fakeSubgraph, MODES, type Mode, SECRETS } from './fakeSubgraph.js';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];

/** Selects root fields of each service and entities of the others. */
const QUERY = `{
  statements(last: 4) { nodes { id summary attribution { status speakers { __typename id name } } citations { id paragraph } provisionLinks { relation provision { id paragraph } } tradeFigures { id value qualifier } } }
  actors(first: 3, filter: { kind: [PERSON] }) { nodes { __typename id name statements(first: 1) { nodes { id summary } } } }
  provisions(first: 2) { nodes { id paragraph instrument { symbol } } }
  tradeFigures(first: 2) { nodes { id qualifier reporter { __typename id name } } }
}`;

/** Short timeouts, to keep the test short. */
const QUICK = {
  connectMs: 300,
  timeoutMs: 500,
  requestMs: 1_200,
  maxBytes: 256 * 1024,
  breaker: { failures: 1_000_000, openMs: 100 },
};
const PATIENT_MS = 2_000;

/** The error that a client receives for each fault. */
const CODES: Record<Exclude<Mode, 'ok' | 'slow' | 'proto'>, string> = {
  html500: 'SUBGRAPH_BAD_ANSWER',
  html200: 'SUBGRAPH_BAD_ANSWER',
  htmlAsJson: 'SUBGRAPH_BAD_ANSWER',
  jsonAsHtml: 'SUBGRAPH_BAD_ANSWER',
  untyped: 'SUBGRAPH_BAD_ANSWER',
  half: 'SUBGRAPH_BAD_ANSWER',
  cutOff: 'SUBGRAPH_UNAVAILABLE',
  empty: 'SUBGRAPH_BAD_ANSWER',
  nothing: 'SUBGRAPH_BAD_ANSWER',
  list: 'SUBGRAPH_BAD_ANSWER',
  dataIsText: 'SUBGRAPH_BAD_ANSWER',
  noData: 'SUBGRAPH_BAD_ANSWER',
  otherEntities: 'SUBGRAPH_BAD_ANSWER',
  errorsIsText: 'SUBGRAPH_BAD_ANSWER',
  wrongType: 'SUBGRAPH_BAD_VALUE',
  nulls: 'SUBGRAPH_BAD_VALUE',
  missing: 'SUBGRAPH_BAD_VALUE',
  wrongTypename: 'SUBGRAPH_BAD_VALUE',
  failed: 'INTERNAL_SERVER_ERROR',
  failedFields: 'INTERNAL_SERVER_ERROR',
  rejectedRequest: 'INTERNAL_SERVER_ERROR',
  unauthorized: 'SUBGRAPH_REFUSED',
  forbidden: 'SUBGRAPH_REFUSED',
  tooMany: 'SUBGRAPH_BUSY',
  unavailable: 'SUBGRAPH_UNAVAILABLE',
  redirect: 'SUBGRAPH_BAD_ANSWER',
  redirectForGood: 'SUBGRAPH_BAD_ANSWER',
  reset: 'SUBGRAPH_UNAVAILABLE',
  hang: 'SUBGRAPH_TIMEOUT',
  headersOnly: 'SUBGRAPH_TIMEOUT',
  trickle: 'SUBGRAPH_TIMEOUT',
  huge: 'SUBGRAPH_BAD_ANSWER',
  hugeByLength: 'SUBGRAPH_BAD_ANSWER',
  gzipBomb: 'SUBGRAPH_BAD_ANSWER',
  manyHeaders: 'SUBGRAPH_BAD_ANSWER',
  noHttp: 'SUBGRAPH_BAD_ANSWER',
  otherCharset: 'SUBGRAPH_BAD_ANSWER',
};

/** Services that resolve objects whose type they have to report. */
const NAMES_TYPES = ['actors', 'statements', 'trade'];

interface Answer {
  data: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; service?: string } }[];
}

let services: TestServices;
let listening: Map<string, RunningSubgraph>;
let canary: FakeSubgraph;

beforeAll(async () => {
  services = openServices();
  listening = new Map(
    await Promise.all(
      services.subgraphs.map(
        async (subgraph) =>
          [
            subgraph.name,
            await serveSubgraph({ ...subgraph, close: () => {} }, { port: 0, host: '127.0.0.1' }),
          ] as const,
      ),
    ),
  );
  canary = await fakeSubgraph(async () => ({}));
});
afterAll(async () => {
  await Promise.all([...listening.values()].map(({ close }) => close()));
  await canary.close();
  services.close();
});

const responderOf = (subgraph: Subgraph) => async (request: { query: string; variables?: Record<string, unknown> }) =>
  JSON.parse(
    JSON.stringify(await subgraph.executable(request.query).run(request.variables ?? {}, subgraph.createContext())),
  );

async function sendQuery(
  gateway: RunningGateway,
): Promise<{ answer: Answer; text: string; status: number; milliseconds: number }> {
  const startedAt = performance.now();
  const response = await fetch(`${gateway.url.replace('localhost', '127.0.0.1')}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const text = await response.text();
  return {
    answer: JSON.parse(text) as Answer,
    text,
    status: response.status,
    milliseconds: performance.now() - startedAt,
  };
}

const isReported = (path: (string | number)[], errors: NonNullable<Answer['errors']>): boolean =>
  errors.some(
    ({ path: errorPath = [] }) =>
      errorPath.length > 0 && errorPath.every((step, index) => index >= path.length || path[index] === step),
  );

/** Where a response differs from the complete one: `lost` if a value is null, `other` for any other difference. */
function differences(
  whole: unknown,
  answer: unknown,
  path: (string | number)[] = [],
): { lost: (string | number)[][]; other: (string | number)[][] } {
  if (answer === null) return { lost: whole === null ? [] : [path], other: [] };
  if (typeof whole !== 'object' || whole === null || typeof answer !== 'object')
    return { lost: [], other: whole === answer ? [] : [path] };
  const steps = Array.isArray(whole) ? whole.map((_, index) => index) : Object.keys(whole);
  if (steps.length !== Object.keys(answer).length) return { lost: [], other: [path] };
  const inner = steps.map((step) => differences((whole as never)[step], (answer as never)[step], [...path, step]));
  return { lost: inner.flatMap(({ lost }) => lost), other: inner.flatMap(({ other }) => other) };
}

describe.each(['own', 'stock'] as const)('with %s execution', (execution) => {
  describe.each(SERVICES)('if %s fails', (faultyService) => {
    const modes = (Object.keys(CODES) as (keyof typeof CODES)[]).filter(
      (mode) => mode !== 'wrongTypename' || NAMES_TYPES.includes(faultyService),
    );
    let fake: FakeSubgraph;
    let gateway: RunningGateway;
    let whole: unknown;

    beforeAll(async () => {
      fake = await fakeSubgraph(
        responderOf(services.subgraphs.find(({ name }) => name === faultyService) as Subgraph),
        canary.url,
      );
      const urls = Object.fromEntries(
        SERVICES.map((name) => [name, name === faultyService ? fake.url : (listening.get(name)?.url ?? null)]),
      );
      gateway = await startGateway({ port: 0, host: '127.0.0.1', corsOrigins: [], execution, urls, subgraphs: QUICK });
      const { answer } = await sendQuery(gateway);
      expect(answer.errors).toBeUndefined();
      whole = answer.data;
    });
    afterAll(async () => {
      await gateway.close();
      await fake.close();
    });

    it.each(['ok', 'slow', 'proto'] as const)('returns the complete response: %s', async (mode) => {
      fake.mode = mode;

      const { answer, status } = await sendQuery(gateway);

      expect(answer).toEqual({ data: whole });
      expect(status).toBe(200);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    it.each(modes)('returns null with an error for its fields and everything else unchanged: %s', async (mode) => {
      fake.mode = mode;

      const { answer, text, status, milliseconds } = await sendQuery(gateway);

      const { errors = [] } = answer;
      const { lost, other } = differences(whole, answer.data);
      expect(status).toBe(200);
      expect(lost.length).toBeGreaterThan(0);
      expect(other).toEqual([]);
      expect(lost.filter((path) => !isReported(path, errors))).toEqual([]);
      expect(new Set(errors.map(({ extensions }) => `${extensions.service} ${extensions.code}`))).toEqual(
        new Set([`${faultyService} ${CODES[mode]}`]),
      );
      expect(errors.filter(({ path }) => !path?.length)).toEqual([]);
      expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
      expect(milliseconds).toBeLessThan(PATIENT_MS);
      expect(canary.requestCount).toBe(0);
    });

    it('returns the complete response as soon as it recovers', async () => {
      fake.mode = 'ok';

      const { answer } = await sendQuery(gateway);

      expect(answer).toEqual({ data: whole });
    });
  });
});

it('the tests cover every mode of the fake subgraph, and see only codes from the catalogues', () => {
  const known = Object.keys({ ...everywhere, ...catalogue });

  expect([...Object.keys(CODES), 'ok', 'slow', 'proto'].sort()).toEqual(Object.keys(MODES).sort());
  expect(Object.values(CODES).filter((code) => !known.includes(code))).toEqual([]);
});
