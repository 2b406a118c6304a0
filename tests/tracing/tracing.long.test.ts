import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, postQuery, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';
import { startCollector } from './collector.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
/** A sampled trace context of the client. */
const PARENT = { traceparent: `00-${TRACE}-${SPAN}-01` };
const SPEAKERS = '{ statement(id: "statement:memri-sd-10149/S70") { attribution { speakers { name } } } }';

let dataDir: string;
beforeAll(() => {
  dataDir = copyOfStores();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function startGraph(
  env: Record<string, string>,
): Promise<{ gateway: Program; stop: () => Promise<(number | null)[]> }> {
  const [statements, actors] = await Promise.all(
    ['statements', 'actors'].map((service) => start(`services/${service}/dist/main.js`, { DATA_DIR: dataDir, ...env })),
  );
  const gateway = await start('gateway/dist/main.js', {
    ...{ STATEMENTS_URL: String(statements?.url), ACTORS_URL: String(actors?.url) },
    ...env,
  });
  return { gateway, stop: () => Promise.all([gateway, statements, actors].map((program) => program?.stop() ?? null)) };
}

describe('a request to a gateway with tracing', () => {
  it("is one trace across the gateway and the subgraphs, as a child of the client's trace", async () => {
    const collector = await startCollector();
    const graph = await startGraph({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });

    const { data, errors } = await postQuery(graph.gateway, SPEAKERS, PARENT);
    await graph.stop();
    collector.close();

    expect(errors).toBeUndefined();
    expect(data?.['statement']).toBeTruthy();
    const { spans } = collector;
    const known = new Set([SPAN, ...spans.map(({ spanId }) => spanId)]);
    expect(spans.filter(({ traceId, parentSpanId }) => traceId !== TRACE || !known.has(parentSpanId))).toEqual([]);
    expect(spans.map(({ service, name }) => `${service}: ${name}`).sort()).toEqual([
      'dossier-actors: POST /graphql',
      'dossier-actors: execute',
      'dossier-actors: prepare',
      'dossier-gateway: POST /graphql',
      'dossier-gateway: execute',
      'dossier-gateway: plan',
      'dossier-gateway: prepare',
      'dossier-gateway: subgraph actors',
      'dossier-gateway: subgraph statements',
      'dossier-statements: POST /graphql',
      'dossier-statements: execute',
      'dossier-statements: prepare',
    ]);
    const nameOf = (id: string | undefined) => spans.find(({ spanId }) => spanId === id)?.name;
    expect(
      nameOf(spans.find(({ service, name }) => service === 'dossier-actors' && name === 'POST /graphql')?.parentSpanId),
    ).toBe('subgraph actors');
    expect(graph.gateway.log.find(({ msg }) => msg === 'request')).toMatchObject({ traceId: TRACE });
  });

  it('gets a normal response while the collector is down, and the process stops in time', async () => {
    const collector = await startCollector();
    collector.close();
    const graph = await startGraph({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });

    const { errors } = await postQuery(graph.gateway, SPEAKERS);
    const statuses = await graph.stop();

    expect(errors).toBeUndefined();
    expect(statuses).toEqual([0, 0, 0]);
    expect(graph.gateway.log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'spans were not exported' }),
    );
  });
});

it('a process without a collector logs no trace ids', async () => {
  const graph = await startGraph({});

  await postQuery(graph.gateway, SPEAKERS, PARENT);
  await graph.stop();

  const line = graph.gateway.log.find(({ msg }) => msg === 'request');
  expect(line).toBeDefined();
  expect(line).not.toHaveProperty('traceId');
});
