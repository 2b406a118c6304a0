import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { type CacheOptions, type Log, type Meter, type RunningServer, type ServerOptions, startServer } from '@dossier/server';
import { eachErrorOnce, formatError } from './errors.js';
import { firstOperation } from './firstOperation.js';

export interface GatewayOptions extends Pick<ServerOptions, 'probePort' | 'arrivalMs' | 'rateLimit' | 'compress' | 'readiness'> {
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

/** One endpoint over the composed graph: GraphQL at `/graphql`, Sandbox at `/`. */
export const serveGateway = (
  runs: ServerOptions['runs'],
  { cacheBytes = 0, ...options }: GatewayOptions,
  made: Pick<CacheOptions, 'revision' | 'milliseconds'> & { meters: readonly Meter[] },
  onClose: () => void,
): Promise<RunningGateway> =>
  startServer({
    ...options,
    runs,
    cache: { bytes: cacheBytes, revision: made.revision, milliseconds: made.milliseconds },
    meters: made.meters,
    formatError,
    plugins: [ApolloServerPluginLandingPageLocalDefault({ embed: true, includeCookies: false, document: firstOperation }), eachErrorOnce],
    service: 'gateway',
    facts: {},
    hasLandingPage: true,
    onClose,
  });
