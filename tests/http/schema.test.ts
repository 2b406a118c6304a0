import { limitOptions, readConfig, serviceLimits } from '@dossier/config';
import { type RunningSubgraph, serveSubgraph } from '@dossier/subgraph-server';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { openServices, type TestServices } from '../support/services.js';

let graph: TestGraph;
let services: TestServices;
let running: RunningSubgraph[];
beforeAll(async () => {
  graph = await startGraph();
  services = openServices();
  running = await Promise.all(
    services.subgraphs.map((subgraph) =>
      serveSubgraph(
        { ...subgraph, close: () => {} },
        { port: 0, host: '127.0.0.1', ...limitOptions(readConfig(serviceLimits, {})) },
      ),
    ),
  );
});
afterAll(async () => {
  await Promise.all([graph.close(), ...running.map(({ close }) => close())]);
  services.close();
});

interface Answer {
  data?: Record<string, unknown>;
  errors?: unknown;
}
const ask = async (query: string, url = `${graph.url}graphql`): Promise<Answer> =>
  (await (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
  ).json()) as Answer;

const OPTIONS = [
  'descriptions',
  'specifiedByUrl',
  'directiveIsRepeatable',
  'schemaDescription',
  'inputValueDeprecation',
  'experimentalDirectiveDeprecation',
  'oneOf',
] as const;
/** All combinations of the options of graphql-js, of which GraphiQL, codegen and Relay each use one. */
const combinations = Array.from({ length: 2 ** OPTIONS.length }, (_, bits) =>
  Object.fromEntries(OPTIONS.map((option, index) => [option, (bits & (1 << index)) !== 0])),
);
const largest = getIntrospectionQuery(Object.fromEntries(OPTIONS.map((option) => [option, true])));

/** What a client that adapts to the server asks first. */
const PROBE = `query Probe {
  directive: __type(name: "__Directive") { ...Names }
  type: __type(name: "__Type") { ...Names }
  inputValue: __type(name: "__InputValue") { ...Names }
  field: __type(name: "__Field") { ...Names }
}
fragment Names on __Type { fields(includeDeprecated: true) { name args(includeDeprecated: true) { name } } }`;

describe('introspection within the default limits', () => {
  it('accepts the query of graphql-js with every combination of its options', async () => {
    const failed = [];
    for (const options of combinations) {
      const { data, errors } = await ask(getIntrospectionQuery(options));
      if (errors || !data?.['__schema']) failed.push({ options, errors });
    }

    expect(failed).toEqual([]);
  });

  it('tells a client which fields it has, before the client sends its query', async () => {
    const { data, errors } = await ask(PROBE);

    const namesOf = (key: string) =>
      (data?.[key] as { fields: { name: string }[] } | undefined)?.fields.map(({ name }) => name);
    expect(errors).toBeUndefined();
    expect(namesOf('type')).toEqual(expect.arrayContaining(['specifiedByURL', 'isOneOf', 'inputFields']));
    expect(namesOf('directive')).toContain('isRepeatable');
    expect(namesOf('inputValue')).toContain('deprecationReason');
  });

  it('accepts the largest query at each service', async () => {
    for (const { url } of running) {
      const { data, errors } = await ask(largest, url);
      expect([url, errors, typeof data?.['__schema']]).toEqual([url, undefined, 'object']);
    }
  });
});

describe('/schema.json and /schema.graphql', () => {
  it('of the gateway have the schema that introspection returns', async () => {
    const [json, sdl, introspected] = [
      (await (await fetch(`${graph.url}schema.json`)).json()) as Answer,
      await (await fetch(`${graph.url}schema.graphql`)).text(),
      await ask(largest),
    ];

    expect(json).toEqual(introspected);
    expect(sdl).toBe(`${printSchema(buildClientSchema(json.data as unknown as IntrospectionQuery))}\n`);
    expect(sdl).not.toMatch(/@join__|@link|@listSize|_entities/);
  });

  it('of a service have its types, and none of federation', async () => {
    for (const { url } of running) {
      const sdl = await (await fetch(new URL('/schema.graphql', url))).text();
      const json = (await (await fetch(new URL('/schema.json', url))).json()) as Answer;

      expect(sdl).toContain('type Query {');
      expect(sdl).not.toMatch(/federation__|link__|cacheControl|_Any|_Service|_entities|directive @(key|listSize)/);
      expect(sdl).toBe(`${printSchema(buildClientSchema(json.data as unknown as IntrospectionQuery))}\n`);
    }
  });
});
