import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { type CacheOptions, type Log, type RunningServer, type ServerOptions, startServer } from '@dossier/server';
import { eachErrorOnce, formatError } from './errors.js';
import { firstOperation } from './firstOperation.js';
import { readerPages } from './readerPages.js';

export interface GatewayOptions {
  port: number;
  host: string;
  corsOrigins: string[];
  /** Bytes of whole answers kept; 0, or where it is left out, none. */
  cacheBytes?: number;
  /** Where it logs to; without it, nowhere. */
  log?: Log;
}

/** A gateway that answers: Sandbox at its `url`, GraphQL at `/graphql` of it. */
export type RunningGateway = RunningServer;

/** One endpoint over the composed graph: GraphQL at `/graphql`, Sandbox at `/`, the reader at `/reader`. */
export const serveGateway = (
  runs: ServerOptions['runs'],
  { cacheBytes = 0, ...options }: GatewayOptions,
  made: Pick<CacheOptions, 'revision' | 'milliseconds'>,
  onClose: () => void,
): Promise<RunningGateway> =>
  startServer({
    ...options,
    runs,
    cache: { bytes: cacheBytes, ...made },
    formatError,
    plugins: [ApolloServerPluginLandingPageLocalDefault({ embed: true, includeCookies: false, document: firstOperation }), eachErrorOnce],
    service: 'gateway',
    facts: {},
    hasLandingPage: true,
    pages: [readerPages],
    onClose,
  });
