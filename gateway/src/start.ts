import { ConfigError, hasCredentials, maskCredentials } from '@dossier/config';
import { supergraphFile } from './config.js';
import { createGraph, type GraphOptions } from './engine/graph.js';
import { DEFAULT_VALIDATED_SCALARS } from './engine/scalars.js';
import { type GatewayOptions, type RunningGateway, serveGateway } from './server.js';
import { DEFAULT_SUBGRAPH_OPTIONS, type SubgraphOptions } from './subgraphSettings.js';
import { Deadlines } from './subgraphs/deadlines.js';
import { HttpDataSource, type PropagatedHeader } from './subgraphs/http.js';
import { subgraphMeters } from './subgraphs/meters.js';

/**
 * Maximum time that a response stays in the cache, in milliseconds. The gateway learns that a service's store was replaced from the
 * next response of the service, and a cached response causes no request to it.
 */
const MAX_CACHE_MS = 5_000;

export interface HttpGatewayOptions
  extends GatewayOptions,
    Pick<GraphOptions, 'execution' | 'planning' | 'validatedScalars'> {
  supergraph?: string;
  /** Codes of subgraph errors that clients see; DEFAULT_CLIENT_ERROR_CODES if left out. */
  clientErrorCodes?: readonly string[];
  /** Client headers that are forwarded to subgraphs; none by default. */
  propagateHeaders?: readonly PropagatedHeader[];
  /** URLs of subgraphs by name; they override those in the supergraph, null does not. */
  urls: Record<string, string | null>;
  /** Timeouts and limits of subgraphs; the rest is from DEFAULT_SUBGRAPH_OPTIONS. */
  subgraphs?: Partial<SubgraphOptions>;
}

/** Starts the gateway with subgraphs over HTTP. No subgraph needs to be reachable. */
export async function startGateway({
  supergraph = supergraphFile,
  clientErrorCodes,
  propagateHeaders = [],
  urls,
  subgraphs = {},
  ...options
}: HttpGatewayOptions): Promise<RunningGateway> {
  const { requestMs, timeoutMsByService, ...http } = { ...DEFAULT_SUBGRAPH_OPTIONS, ...subgraphs };
  const deadlines = new Deadlines(requestMs);
  // By service and URL, so that a data source and its connections are reused when the supergraph is replaced.
  const sources = new Map<string, HttpDataSource>();
  // Data sources of the current supergraph, by service.
  const current = new Map<string, HttpDataSource>();
  const { meters, observeFetches } = subgraphMeters(() => sources.values());
  const graph = await createGraph(
    supergraph,
    (service, defaultUrl, types) => {
      const url = urls[service] ?? defaultUrl;
      assertNoCredentials(service, url);
      const dependencies = {
        deadlines,
        onFetchEnd: observeFetches(service),
        ...(options.log && { log: options.log }),
      };
      const source =
        sources.get(`${service} ${url}`) ??
        new HttpDataSource(
          service,
          url,
          types,
          {
            ...http,
            ...(clientErrorCodes && { clientErrorCodes }),
            propagateHeaders,
            timeoutMs: timeoutMsByService[service] ?? http.timeoutMs,
          },
          dependencies,
        );
      sources.set(`${service} ${url}`, source);
      current.set(service, source);
      return source;
    },
    options,
  );
  const unknown = [
    ...unknownSubgraphs(propagateHeaders, graph.subgraphs),
    ...unknownScalars(options.validatedScalars, graph.scalars),
  ];
  if (unknown.length > 0) {
    await graph.close();
    throw new ConfigError(unknown);
  }
  const stateOf = (service: string) => {
    const source = current.get(service);
    return () => source?.revisions.changes;
  };
  return serveGateway(
    graph,
    { ...options, propagatedHeaders: propagateHeaders.map(({ name }) => name) },
    { stateOf, maxAgeMs: MAX_CACHE_MS, meters: [...graph.meters, ...meters] },
    async () => {
      await Promise.all([...sources.values()].map((source) => source.close()));
    },
  );
}

/** Throws a ConfigError if the URL of a subgraph has credentials: they would not be sent. */
function assertNoCredentials(service: string, url: string): void {
  if (URL.canParse(url) && hasCredentials(url))
    throw new ConfigError([
      `SUPERGRAPH: the URL of ${service}, ${maskCredentials(url)}, has a user or password, which would not be sent; remove them, or set ${service.toUpperCase()}_URL.`,
    ]);
}

/** Problems with headers for subgraphs that are not in the supergraph. */
const unknownSubgraphs = (headers: readonly PropagatedHeader[], known: readonly string[]): string[] =>
  headers.flatMap(({ name, subgraphs }) =>
    (subgraphs === '*' ? [] : subgraphs)
      .filter((subgraph) => !known.includes(subgraph))
      .map(
        (subgraph) =>
          `PROPAGATE_HEADERS: ${name} is forwarded to an unknown subgraph "${subgraph}"; expected one of ${known.join(', ')}, or * for all.`,
      ),
  );

/** Problems with scalars to validate that neither the gateway nor the supergraph knows. */
const unknownScalars = (names: readonly string[] = [], known: readonly string[]): string[] =>
  names
    .filter((name) => !known.includes(name) && !DEFAULT_VALIDATED_SCALARS.includes(name))
    .map(
      (name) =>
        `VALIDATED_SCALARS: "${name}" is not a custom scalar of the supergraph, which has ${known.join(', ') || 'none'}.`,
    );
