import { fileURLToPath } from 'node:url';
import {
  type ConfigOf,
  dataSettings,
  folder,
  gatewayLimits,
  httpOptions,
  httpUrl,
  limitOptions,
  listenSettings,
  megabytes,
  operationMs,
  processSettings,
  type Setting,
  secretSettings,
  storeSettings,
} from '@dossier/config';
import { documentOptions, documentSettings } from './documentSettings.js';
import type { GraphOptions } from './engine/graph.js';
import { planningLimits, planningSettings } from './engine/planningSettings.js';
import type { Execution } from './engine/runtime.js';
import { federationSettings } from './federationSettings.js';
import { LANDINGS, type Landing } from './landing.js';
import { mcpOptions, mcpSettings, publicUrlSetting } from './mcpSettings.js';
import type { GatewayOptions } from './server.js';
import { subgraphSettings } from './subgraphSettings.js';

/** Path of the committed supergraph. */
export const supergraphFile = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** Origins of Apollo Sandbox, hosted and embedded. */
const SANDBOX_ORIGINS = [
  'https://studio.apollographql.com',
  'https://sandbox.embed.apollographql.com',
  'https://explorer.embed.apollographql.com',
];

const origins = (text: string): string[] =>
  text.trim() === 'none'
    ? []
    : text.split(',').flatMap((entry) => {
        const origin = entry.trim();
        if (origin === 'sandbox') return SANDBOX_ORIGINS;
        if (!URL.canParse(origin) || new URL(origin).origin !== origin)
          throw new Error(
            `"${origin}" is not an origin; expected e.g. https://example.org, several separated by commas, sandbox, or none alone.`,
          );
        return origin;
      });

const execution = (text: string): Execution => {
  if (text !== 'own' && text !== 'stock') throw new Error('expected own or stock.');
  return text;
};

const landing = (text: string): Landing => {
  const value = LANDINGS.find((name) => name === text);
  if (!value) throw new Error(`expected one of ${LANDINGS.join(', ')}.`);
  return value;
};

const subgraphUrl = (service: string): Setting<string | null> => ({
  description: `URL of the ${service} subgraph; overrides the URL in the supergraph.`,
  default: null,
  read: httpUrl,
});

/** Settings of what executes operations. */
const graphSettings = {
  SUPERGRAPH: { description: 'Path of the supergraph file.', default: 'gateway/supergraph.graphql', read: folder },
  EXECUTION: {
    description: "Which engine executes query plans: own (Dossier's) or stock (that of @apollo/gateway).",
    default: 'own',
    read: execution,
  },
  ...planningSettings,
};

const gatewaySettings = {
  ...listenSettings(4000),
  ...gatewayLimits,
  ...documentSettings,
  ...graphSettings,
  CACHE_MB: {
    description: 'Response cache size in megabytes; 0 disables it.',
    default: '32',
    read: megabytes({ maxDigits: 5, example: 32 }),
  },
  LANDING: {
    description:
      'Page at /: sandbox (Apollo Sandbox, or the local explorer if the browser cannot load it), explorer (only the local explorer), or none, which also disables the reader.',
    default: 'sandbox',
    read: landing,
  },
  CORS_ORIGINS: {
    description:
      'Origins whose pages may send requests from a browser (CORS), separated by commas; sandbox means the origins of Apollo Sandbox, none allows no other origin.',
    default: 'sandbox',
    read: origins,
  },
  ...mcpSettings,
};

/** The options that the gateway over HTTP and the whole graph in one process share. */
export const gatewayOptions = (
  config: ConfigOf<typeof gatewaySettings>,
): GatewayOptions & Pick<GraphOptions, 'execution' | 'planning'> & { supergraph: string } => ({
  ...httpOptions(config),
  ...limitOptions(config),
  ...documentOptions(config),
  port: config.PORT,
  host: config.HOST,
  corsOrigins: config.CORS_ORIGINS,
  supergraph: config.SUPERGRAPH,
  execution: config.EXECUTION,
  planning: planningLimits(config),
  cacheBytes: config.CACHE_MB,
  landing: config.LANDING,
  ...mcpOptions(config),
  reloadMs: config.RELOAD_MS,
});

/** Settings of the gateway over HTTP. */
export const settings = {
  ...gatewaySettings,
  ACTORS_URL: subgraphUrl('actors'),
  STATEMENTS_URL: subgraphUrl('statements'),
  SANCTIONS_URL: subgraphUrl('sanctions'),
  TRADE_URL: subgraphUrl('trade'),
  ...subgraphSettings,
  ...federationSettings,
  ...secretSettings,
};

/** Settings of the whole graph in one process. */
export const embeddedSettings = { ...gatewaySettings, REQUEST_MS: operationMs, ...dataSettings, ...storeSettings };

/** Settings of the MCP server over standard input and output: the whole graph in one process, without HTTP. */
export const mcpStdioSettings = {
  ...processSettings,
  ...gatewayLimits,
  ...graphSettings,
  ...publicUrlSetting,
  REQUEST_MS: operationMs,
  ...dataSettings,
  ...storeSettings,
};
