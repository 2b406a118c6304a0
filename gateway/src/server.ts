import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { type RunningServer, type ServerOptions, startServer } from '@dossier/server';
import { eachErrorOnce, formatError } from './errors.js';
import { firstOperation } from './firstOperation.js';

export interface GatewayOptions {
  port: number;
  host: string;
  corsOrigins: string[];
}

/** A gateway that answers: Sandbox at its `url`, GraphQL at `/graphql` of it. */
export type RunningGateway = RunningServer;

/** One endpoint over the composed graph: GraphQL at `/graphql`, Sandbox at `/`. */
export const serveGateway = (runs: ServerOptions['runs'], options: GatewayOptions, onClose: () => void): Promise<RunningGateway> =>
  startServer({
    ...options,
    runs,
    formatError,
    plugins: [ApolloServerPluginLandingPageLocalDefault({ embed: true, includeCookies: false, document: firstOperation }), eachErrorOnce],
    health: () => ({ service: 'gateway' }),
    hasLandingPage: true,
    onClose,
  });
