import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { getIntrospectionQuery, isSpecifiedScalarType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exchange, post, type RawResponse, request } from '../hostile/exchange.js';
import { createTempFolder, freePort, type Program, removeFolder, run, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';
import { deployFile } from './files.js';

// Starting a process takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const FILE = deployFile('hardened.yaml');
/** The values that an operator sets. */
const HOST = 'graph.invalid';
const SECRET = 'a-secret-of-this-test';
const PROGRAMS = [
  ['the whole graph', 'gateway/dist/embeddedMain.js'],
  ['the gateway', 'gateway/dist/main.js'],
] as const;

interface Manifest {
  operations: { id: string; name: string; body: string }[];
}
const { operations } = JSON.parse(
  readFileSync(join(workspaceRoot(), 'packages/client/manifest.json'), 'utf8'),
) as Manifest;
const trusted = (name: string) => {
  const operation = operations.find((known) => known.name === name);
  if (!operation) throw new Error(`The manifest has no operation "${name}".`);
  return operation;
};
const FIND_ACTOR = trusted('FindActor');
const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
/** Types of the schema that GraphQL itself does not define. */
const TYPES = Object.values(apiSchema.getTypeMap())
  .filter((type) => !isSpecifiedScalarType(type) && !type.name.startsWith('__'))
  .map(({ name }) => name);
const typesIn = (text: string): string[] => TYPES.filter((name) => new RegExp(`\\b${name}\\b`).test(text));

interface Target {
  port: number;
  probePort: number;
}
const targets = new Map<string, Target>();
const running: Program[] = [];
const folder = createTempFolder();

beforeAll(async () => {
  copyOfStores(folder);
  const actors = await start('services/actors/dist/main.js', { DATA_DIR: folder, SUBGRAPH_SECRET: SECRET });
  running.push(actors);
  const environments = {
    'the whole graph': { DATA_DIR: folder },
    'the gateway': { ACTORS_URL: actors.url, SUBGRAPH_SECRET: SECRET },
  };
  for (const [name, script] of PROGRAMS) {
    const probePort = await freePort();
    const program = await start(
      script,
      { ...environments[name], ALLOWED_HOSTS: HOST, PROBE_PORT: String(probePort) },
      { args: ['--config', FILE] },
    );
    running.push(program);
    targets.set(name, { port: Number(new URL(program.url).port), probePort });
  }
});
afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  removeFolder(folder);
});

async function send(port: number, sent: Buffer): Promise<RawResponse> {
  const answer = await exchange(port, [sent]);
  if (!answer) throw new Error('There was no answer.');
  return answer;
}
const codeOf = ({ text }: RawResponse): unknown =>
  (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

describe.each(PROGRAMS)('with the hardened settings, %s', (name, script) => {
  const target = (): Target => targets.get(name) as Target;
  const ask = (body: object, headers: Record<string, string> = {}): Promise<RawResponse> =>
    send(target().port, post(body, { host: HOST, ...headers }));
  const get = (path: string, headers: Record<string, string> = {}, port = target().port): Promise<RawResponse> =>
    send(port, request('GET', path, { host: HOST, ...headers }));

  it('does not start without the hosts that the operator has to set', async () => {
    const { status, stderr } = await run(script, ['--config', FILE], {});

    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('ALLOWED_HOSTS: the environment variable ALLOWED_HOSTS is not set'),
    ]);
  });

  it('reads each of them from the file', async () => {
    const { status, stdout } = await run(script, ['--config', FILE, '--print-config'], { ALLOWED_HOSTS: HOST });

    expect(status).toBe(0);
    for (const line of [
      'TRUSTED_ONLY: on',
      'INTROSPECTION: off',
      'LANDING: none',
      'CORS_ORIGINS: none',
      'PROBE_PORT: 9464',
    ])
      expect(stdout).toContain(`\n${line} # ${FILE}:`);
  });

  it('runs a trusted document by its text, by its id or hash, and by both', async () => {
    const { id, body } = FIND_ACTOR;

    for (const params of [{ query: body }, persisted(id), { query: body, ...persisted(id) }]) {
      const answer = await ask({ ...params, variables: { name: 'kim', first: 1 } });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        200,
        { data: { actors: expect.objectContaining({ edges: [expect.anything()] }) } },
      ]);
    }
  });

  it.each([
    ['a document that is not in the manifest', { query: '{ actors(first: 1) { totalCount } }' }],
    ['a trusted document with one more space', { query: `${FIND_ACTOR.body} ` }],
    ['an unknown hash', persisted('0'.repeat(64))],
    ['introspection', { query: getIntrospectionQuery() }],
    ['a field that does not exist', { query: '{ statment }' }],
  ])('rejects %s', async (_, params) => {
    const answer = await ask(params);

    expect([answer.status, codeOf(answer)]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    expect(typesIn(answer.text)).toEqual([]);
  });

  it.each([
    ['of another type', 'ReaderStatements', { filter: 'all' }],
    ['with a field that does not exist', 'ReaderStatements', { filter: { topicz: ['labour'] } }],
    ['that is not an enum value', 'ReaderStatements', { orderBy: 'SIZE' }],
    ['that is not a date', 'ListedOn', { on: { year: 2022 } }],
    ['that is missing', 'ListedOn', { on: null }],
  ])('does not reveal a schema type in the error for a variable %s', async (_, operation, variables) => {
    const answer = await ask({ query: trusted(operation).body, variables });

    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.text).toContain(`Variable \\"$${Object.keys(variables)[0]}\\"`);
    expect(typesIn(answer.text)).toEqual([]);
  });

  it.each(['/', '/reader', '/reader/', '/explorer', '/explorer/', '/favicon.ico'])(
    'serves no page at %s',
    async (path) => {
      expect((await get(path, { accept: 'text/html' })).status).toBe(404);
    },
  );

  it('lets no page of another origin read a response', async () => {
    for (const origin of ['https://elsewhere.invalid', 'https://studio.apollographql.com', 'null']) {
      const preflight = await send(
        target().port,
        request('OPTIONS', '/graphql', {
          host: HOST,
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        }),
      );
      const answer = await ask({ query: FIND_ACTOR.body }, { origin });
      for (const { headers } of [preflight, answer])
        expect(Object.keys(headers).filter((header) => header.startsWith('access-control-allow'))).toEqual([]);
    }
  });

  it('serves only health and metrics on the probe port', async () => {
    for (const path of ['/health', '/healthz', '/readyz', '/metrics']) {
      expect([path, (await get(path)).status, (await get(path, {}, target().probePort)).status]).toEqual([
        path,
        404,
        200,
      ]);
    }
    expect((await send(target().probePort, post({ query: FIND_ACTOR.body }, { host: HOST }))).status).toBe(404);
  });

  it('rejects a Host header that is not configured', async () => {
    for (const host of ['elsewhere.invalid', '127.0.0.1', 'localhost']) {
      const answer = await ask({ query: FIND_ACTOR.body }, { host });
      expect([host, answer.status, codeOf(answer)]).toEqual([host, 421, 'HOST_NOT_ALLOWED']);
    }
  });

  it('counts requests and cost per client address that the proxy reports', async () => {
    const from = (forwarded: string) =>
      ask({ query: FIND_ACTOR.body, variables: { name: forwarded } }, { 'x-forwarded-for': forwarded });

    const answers = [await from('192.0.2.1'), await from('198.51.100.9, 192.0.2.1'), await from('192.0.2.2')];

    expect(
      answers.map(({ headers }) => [
        headers['x-ratelimit-limit'],
        headers['x-ratelimit-remaining'],
        headers['x-ratelimit-cost-limit'],
      ]),
    ).toEqual([
      ['600', '599', '1000000'],
      ['600', '598', '1000000'],
      ['600', '599', '1000000'],
    ]);
  });
});
