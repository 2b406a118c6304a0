import { ConfigError } from '@dossier/config';
import { supergraphFile } from './config.js';
import { createGraph, type GraphOptions } from './engine/graph.js';
import { DEFAULT_VALIDATED_SCALARS } from './engine/scalarValidators.js';
import { type GatewayOptions, type RunningGateway, serveGateway } from './server.js';
import { type SubgraphOptions, usualOptions } from './subgraphSettings.js';
import { Deadlines } from './subgraphs/deadlines.js';
import { HttpDataSource, type PropagatedHeader } from './subgraphs/http.js';
import { subgraphMeters } from './subgraphs/meters.js';

/** A store that is replaced is noticed by the next answer of its service. Answers that are kept ask no service, so that they are not kept for longer. */
const UNNOTICED_MS = 5_000;

export interface HttpGatewayOptions
  extends GatewayOptions,
    Pick<GraphOptions, 'execution' | 'planning' | 'validatedScalars'> {
  supergraph?: string;
  /** Codes of errors that reach clients; see DEFAULT_CLIENT_ERROR_CODES. */
  clientErrorCodes?: readonly string[];
  /** Headers of clients that are sent on to subgraphs. */
  propagateHeaders?: readonly PropagatedHeader[];
  /** URLs of subgraphs, over those of the supergraph. */
  urls: Record<string, string | null>;
  /** Deadlines, sizes and the like, where they are to differ from the usual ones. */
  subgraphs?: Partial<SubgraphOptions>;
}

/** The gateway over subgraphs that are processes of their own. It starts whether or not they are up. */
export async function startGateway({
  supergraph = supergraphFile,
  clientErrorCodes,
  propagateHeaders = [],
  urls,
  subgraphs = {},
  ...options
}: HttpGatewayOptions): Promise<RunningGateway> {
  const { requestMs, answerMsOf, ...http } = { ...usualOptions, ...subgraphs };
  const patience = new Deadlines(requestMs);
  // One for each address, whatever supergraph names it: its connections outlast the graph.
  const sources = new Map<string, HttpDataSource>();
  // Those of the graph that is run now, by service.
  const current = new Map<string, HttpDataSource>();
  const { meters, timing } = subgraphMeters(() => sources.values());
  const graph = await createGraph(
    supergraph,
    (service, named, types) => {
      const url = urls[service] ?? named;
      const surroundings = { patience, timed: timing(service), ...(options.log && { log: options.log }) };
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
            answerMs: answerMsOf[service] ?? http.answerMs,
          },
          surroundings,
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
    return () => source?.revision;
  };
  return serveGateway(
    graph,
    { ...options, propagatedHeaders: propagateHeaders.map(({ name }) => name) },
    { stateOf, milliseconds: UNNOTICED_MS, meters: [...graph.meters, ...meters] },
    async () => {
      await Promise.all([...sources.values()].map((source) => source.close()));
    },
  );
}

/** What is wrong with headers that name subgraphs which the supergraph does not have. */
const unknownSubgraphs = (headers: readonly PropagatedHeader[], known: readonly string[]): string[] =>
  headers.flatMap(({ name, subgraphs }) =>
    (subgraphs === '*' ? [] : subgraphs)
      .filter((subgraph) => !known.includes(subgraph))
      .map(
        (subgraph) =>
          `PROPAGATE_HEADERS: ${name} is for the subgraph "${subgraph}"; expected one of ${known.join(', ')}, or * for all.`,
      ),
  );

/** What is wrong with scalars to validate that neither the gateway nor the supergraph knows. */
const unknownScalars = (names: readonly string[] = [], known: readonly string[]): string[] =>
  names
    .filter((name) => !known.includes(name) && !DEFAULT_VALIDATED_SCALARS.includes(name))
    .map(
      (name) =>
        `VALIDATED_SCALARS: "${name}" is not a custom scalar of the supergraph, which has ${known.join(', ') || 'none'}.`,
    );
