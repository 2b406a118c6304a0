import { serveSubgraph } from '@dossier/subgraph-server';
import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { openServices, type TestServices } from '../support/services.js';
import { expectCard } from './card.js';

const PREFLIGHT =
  'A GET without a header that forces a preflight request is rejected, as protection against CSRF. With `apollo-require-preflight` it is answered.';
const STATUS =
  'A request that could not be executed is rejected with 400 for `application/json` too, as in Apollo Server, so that proxies and clients that check only the status see the failure.';

/** Why an optional audit is not met. An audit that is met must not have a reason. */
const WHY: Readonly<Record<string, string>> = {
  '5A70': PREFLIGHT,
  D6D5: PREFLIGHT,
  '6A70': PREFLIGHT,
  '572B': STATUS,
  FDE2: STATUS,
  '7B9B': STATUS,
};

const withPreflight: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { 'apollo-require-preflight': '1', ...init?.headers } });

async function audit(url: string, fetchFn = fetch): Promise<AuditResult[]> {
  const results: AuditResult[] = [];
  for (const { fn } of serverAudits({ url, fetchFn })) results.push(await fn());
  return results;
}

let graph: TestGraph;
let services: TestServices;
let subgraph: Awaited<ReturnType<typeof serveSubgraph>>;
beforeAll(async () => {
  graph = await startGraph();
  services = openServices();
  const [trade] = services.subgraphs.filter(({ name }) => name === 'trade');
  if (!trade) throw new Error('The trade subgraph does not exist.');
  subgraph = await serveSubgraph({ ...trade, close: () => {} }, { port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await graph?.close();
  await subgraph?.close();
  services?.close();
});

describe("graphql-http's audits of GraphQL over HTTP", () => {
  it('report no error and only explained deviations, at the gateway and at a subgraph', async () => {
    const results = { gateway: await audit(`${graph.url}graphql`), subgraph: await audit(subgraph.url) };

    const rows = Object.entries(results).flatMap(([where, list]) => {
      const count = (status: string) => String(list.filter((result) => result.status === status).length);
      return [[where, count('ok'), count('error'), count('warn'), count('notice')]];
    });
    const unmet = results.gateway.flatMap((result) => (result.status === 'ok' ? [] : [result]));
    expect(
      [...results.gateway, ...results.subgraph].flatMap(({ status, name }) => (status === 'error' ? [name] : [])),
    ).toEqual([]);
    expect(results.subgraph.filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual(
      unmet.map(({ id }) => id),
    );
    expect(unmet.map(({ id }) => id).sort(), 'each that is unmet has a reason, and no other has').toEqual(
      Object.keys(WHY).sort(),
    );
    expectCard('GraphQL over HTTP', ['', 'met', 'errors', 'warnings (SHOULD)', 'notices (MAY)'], rows);
    expectCard(
      'unmet audits',
      ['Audit', 'Requirement', 'Why not'],
      unmet.map(({ id, name }) => [id, name, WHY[id] ?? '']),
    );
  });

  it('pass for GET if the header that CSRF prevention requires is sent', async () => {
    const results = await audit(`${graph.url}graphql`, withPreflight);

    expect(results.filter(({ id, status }) => WHY[id] === PREFLIGHT && status !== 'ok')).toEqual([]);
  });
});
