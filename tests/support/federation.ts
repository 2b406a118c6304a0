import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type HttpGatewayOptions, startGateway } from '@dossier/gateway';
import { execute, type GraphQLSchema, parse } from 'graphql';

// biome-ignore lint/suspicious/noExplicitAny: resolvers differ in every parent, argument and result
type Resolvers = Record<string, any>;

/** A request that a subgraph received. */
interface SubgraphCall {
  query: string;
  variables: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** A test subgraph with made-up data. */
export interface TestSubgraph {
  /** SDL without the federation link, which is added. */
  sdl: string;
  resolvers?: Resolvers;
  /** Overrides the response text; undefined to execute the request. */
  respond?: (call: SubgraphCall) => string | Promise<string> | undefined;
}

interface TestResponse {
  status: number;
  headers: Headers;
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; locations?: unknown; extensions?: Record<string, unknown> }[];
}

export interface TestFederation {
  url: string;
  /** Sends an operation by POST. */
  ask: (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) => Promise<TestResponse>;
  /** The requests that a subgraph received since the last call. */
  callsOf: (subgraph: string) => SubgraphCall[];
  close: () => Promise<void>;
}

const IMPORTS = [
  '@key',
  '@external',
  '@requires',
  '@provides',
  '@shareable',
  '@override',
  '@inaccessible',
  '@tag',
  '@interfaceObject',
  '@composeDirective',
];
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(IMPORTS)})`;

/** The SDL of a subgraph with the federation link. */
const withLink = (sdl: string): string => (sdl.includes('@link(') ? sdl : `${LINK}\n${sdl}`);

/** Composes subgraphs by name into a supergraph. Throws the composition errors. */
function composeSupergraph(
  sdls: Record<string, string>,
  urlOf: (name: string) => string = (name) => `http://${name}.invalid/graphql`,
): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(sdls).map(([name, sdl]) => ({ name, url: urlOf(name), typeDefs: parse(withLink(sdl)) })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

/** Starts a gateway over test subgraphs, each a server on a free port. `change` may edit the supergraph. */
export async function startFederation(
  subgraphs: Record<string, TestSubgraph>,
  {
    change = (sdl) => sdl,
    ...options
  }: Partial<HttpGatewayOptions> & { change?: (supergraphSdl: string) => string } = {},
): Promise<TestFederation> {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-federation-'));
  const calls = new Map<string, SubgraphCall[]>();
  const servers = await Promise.all(
    Object.entries(subgraphs).map(([name, subgraph]) =>
      serve(subgraph, (call) => calls.set(name, [...(calls.get(name) ?? []), call])),
    ),
  );
  const urls = new Map(Object.keys(subgraphs).map((name, index) => [name, servers[index]?.url ?? '']));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(
    supergraph,
    change(
      composeSupergraph(
        Object.fromEntries(Object.entries(subgraphs).map(([name, { sdl }]) => [name, sdl])),
        (name) => urls.get(name) ?? '',
      ),
    ),
  );
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const gateway = await startGateway({
      port: 0,
      host: '127.0.0.1',
      corsOrigins: [],
      landing: 'none',
      supergraph,
      urls: {},
      ...options,
    });
    const url = `${gateway.url}graphql`;
    return {
      url,
      ask: async (query, variables = {}, headers = {}) => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
          body: JSON.stringify({ query, variables }),
        });
        return {
          status: response.status,
          headers: response.headers,
          ...((await response.json()) as Omit<TestResponse, 'status' | 'headers'>),
        };
      },
      callsOf: (name) => {
        const seen = calls.get(name) ?? [];
        calls.set(name, []);
        return seen;
      },
      close: async () => {
        await gateway.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(
  { sdl, resolvers = {}, respond }: TestSubgraph,
  onCall: (call: SubgraphCall) => void,
): Promise<{ url: string; close: () => Promise<void> }> {
  const schema: GraphQLSchema = buildSubgraphSchema({ typeDefs: parse(withLink(sdl)), resolvers });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const call = { query, variables, headers: request.headers };
    onCall(call);
    const text =
      (await respond?.(call)) ??
      JSON.stringify(await execute({ schema, document: parse(query), variableValues: variables, contextValue: {} }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
