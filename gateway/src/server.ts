import { type CacheOptions, type Log, type RunningServer, type ServerOptions, startServer } from '@dossier/server';
import { eachErrorOnce, formatError } from './errors.js';
import { type Landing, landingPage } from './landing.js';

export interface GatewayOptions {
  port: number;
  host: string;
  corsOrigins: string[];
  /** Bytes of whole answers kept; 0, or where it is left out, none. */
  cacheBytes?: number;
  /** What is at `/`; Sandbox unless said. */
  landing?: Landing;
  /** Where it logs to; without it, nowhere. */
  log?: Log;
}

/** A gateway that answers: a page to explore it at its `url`, GraphQL at `/graphql` of it. */
export type RunningGateway = RunningServer;

/** One endpoint over the composed graph: GraphQL at `/graphql`, a page to explore it at `/`. */
export const serveGateway = (
  runs: ServerOptions['runs'],
  { cacheBytes = 0, landing = 'sandbox', ...options }: GatewayOptions,
  made: Pick<CacheOptions, 'revision' | 'milliseconds'>,
  onClose: () => void,
): Promise<RunningGateway> => {
  const page = landingPage(landing);
  return startServer({
    ...options,
    runs,
    cache: { bytes: cacheBytes, ...made },
    formatError,
    plugins: [eachErrorOnce],
    service: 'gateway',
    facts: {},
    ...(page && { landingPage: page }),
    onClose,
  });
};
