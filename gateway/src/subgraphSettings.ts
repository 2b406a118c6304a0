import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type ConfigOf,
  fromWorkspace,
  megabytes,
  readConfig,
  type Setting,
  secretSettings,
  wholeNumber,
} from '@dossier/config';
import type { HttpOptions } from './subgraphs/http.js';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'] as const;

const milliseconds = wholeNumber({ unit: 'milliseconds', min: 1, maxDigits: 7, example: 1500 });
const failures = wholeNumber({ unit: 'failures', min: 1, maxDigits: 4 });

/** What happens to a request if replicas of a service have different revisions of its store. */
type MixedRevisions = 'partial' | 'refuse';

const mixedRevisions = (text: string): MixedRevisions => {
  if (text !== 'partial' && text !== 'refuse') throw new Error('expected partial or refuse.');
  return text;
};

/** Reads the certificates of a PEM file. */
const certificates = (text: string): string => {
  const pem = readFile(fromWorkspace(text));
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error('expected a PEM file with certificates; it has none.');
  for (const block of blocks) if (!isCertificate(block)) throw new Error('a certificate in the file is not valid.');
  return pem;
};

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`expected a readable PEM file (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

const timeoutSetting = (service: string): Setting<number | null> => ({
  description: `SUBGRAPH_MS for the ${service} subgraph only.`,
  default: null,
  read: milliseconds,
});

/** Settings of subgraphs over HTTP. */
export const subgraphSettings = {
  CONNECT_MS: {
    description: 'Timeout for connecting to a subgraph, in milliseconds.',
    default: '1000',
    read: milliseconds,
  },
  SUBGRAPH_MS: {
    description:
      'Timeout of one fetch from a subgraph, until the last byte and including a retry, in milliseconds; then its fields are null.',
    default: '1500',
    read: milliseconds,
  },
  ACTORS_MS: timeoutSetting('actors'),
  STATEMENTS_MS: timeoutSetting('statements'),
  SANCTIONS_MS: timeoutSetting('sanctions'),
  TRADE_MS: timeoutSetting('trade'),
  REQUEST_MS: {
    description:
      'Timeout of all fetches of one request, from the first fetch on, in milliseconds; fields that are still missing then are null.',
    default: '1800',
    read: milliseconds,
  },
  SUBGRAPH_MB: {
    description: 'Maximum size of a response from a subgraph, in megabytes.',
    default: '8',
    read: megabytes({ min: 1, maxDigits: 4, example: 8 }),
  },
  MIXED_REVISIONS: {
    description:
      "What happens to a request if replicas of a service have different revisions of its store, and none with the revision of the request's first response is reached: partial (the service's remaining fields are null) or refuse (the request fails with status 503).",
    default: 'partial',
    read: mixedRevisions,
  },
  SUBGRAPH_CA_FILE: {
    description:
      "PEM file with the certificates of authorities that signed the subgraphs' certificates, in addition to the authorities that Node.js trusts. For subgraph URLs with https.",
    default: null,
    read: certificates as (text: string) => string | null,
  },
  BREAKER_FAILURES: {
    description: 'Number of consecutive failures after which the circuit breaker stops requests to a subgraph.',
    default: '5',
    read: failures,
  },
  BREAKER_MS: {
    description: 'How long the circuit breaker stops requests, in milliseconds; then one trial request is sent.',
    default: '1000',
    read: milliseconds,
  },
};

/** Options of all subgraphs, and the exceptions for single ones. */
export interface SubgraphOptions extends HttpOptions {
  /** Timeout of all fetches of one request, in milliseconds. */
  requestMs: number;
  /** Overrides `timeoutMs` for single services, by name; null does not. */
  timeoutMsByService: Record<string, number | null>;
}

/** The settings as options. */
export const subgraphOptions = (
  config: ConfigOf<typeof subgraphSettings> & ConfigOf<typeof secretSettings>,
): SubgraphOptions => ({
  connectMs: config.CONNECT_MS,
  timeoutMs: config.SUBGRAPH_MS,
  timeoutMsByService: Object.fromEntries(
    SERVICES.map((service) => [service, config[`${service.toUpperCase() as Uppercase<typeof service>}_MS`]]),
  ),
  requestMs: config.REQUEST_MS,
  maxBytes: config.SUBGRAPH_MB,
  breaker: { failures: config.BREAKER_FAILURES, openMs: config.BREAKER_MS },
  refusesMixedRevisions: config.MIXED_REVISIONS === 'refuse',
  secret: config.SUBGRAPH_SECRET,
  ca: config.SUBGRAPH_CA_FILE,
});

/** The defaults of the settings. */
export const DEFAULT_SUBGRAPH_OPTIONS: SubgraphOptions = subgraphOptions(
  readConfig({ ...subgraphSettings, ...secretSettings }, {}),
);
