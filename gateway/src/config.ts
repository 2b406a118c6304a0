import { fileURLToPath } from 'node:url';
import {
  dataSettings,
  folder,
  gatewayLimits,
  httpUrl,
  listenSettings,
  operationMs,
  type Setting,
  secretSettings,
  storeSettings,
} from '@dossier/config';
import { documentSettings } from './documentSettings.js';
import type { Execution } from './engine/graph.js';
import { planningSettings } from './engine/planningSettings.js';
import { federationSettings } from './federationSettings.js';
import { LANDINGS, type Landing } from './landing.js';
import { subgraphSettings } from './subgraphSettings.js';

/** The composed graph as it is committed. */
export const supergraphFile = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** Where Sandbox asks from: the hosted one, and the one that a page embeds. */
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
  const known = LANDINGS.find((name) => name === text);
  if (!known) throw new Error(`expected one of ${LANDINGS.join(', ')}.`);
  return known;
};

const megabytes = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new Error('expected a whole number of megabytes, e.g. 32.');
  return Number(text) * 1024 * 1024;
};

const subgraphUrl = (service: string): Setting<string | null> => ({
  description: `URL of the ${service} subgraph, over that of the supergraph.`,
  default: null,
  read: httpUrl,
});

const gatewaySettings = {
  ...listenSettings(4000),
  ...gatewayLimits,
  ...documentSettings,
  SUPERGRAPH: { description: 'File of the composed graph.', default: 'gateway/supergraph.graphql', read: folder },
  EXECUTION: {
    description: "Whose running of plans: own, or stock (@apollo/gateway's).",
    default: 'own',
    read: execution,
  },
  ...planningSettings,
  CACHE_MB: {
    description: 'Megabytes of whole answers that are kept in memory; 0 keeps none.',
    default: '32',
    read: megabytes,
  },
  LANDING: {
    description:
      'What is at /: sandbox (Apollo Sandbox where a browser can reach it, else the local explorer), explorer (the local one alone), or none, which also serves no reader.',
    default: 'sandbox',
    read: landing,
  },
  CORS_ORIGINS: {
    description:
      'Origins whose pages may send requests from a browser (CORS), separated by commas; sandbox stands for those of the hosted Apollo Sandbox, none allows no other origin.',
    default: 'sandbox',
    read: origins,
  },
};

/** Every environment variable of the gateway over HTTP: name, default, one sentence. */
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

/** Every environment variable of the whole graph in one process. */
export const embeddedSettings = { ...gatewaySettings, REQUEST_MS: operationMs, ...dataSettings, ...storeSettings };
