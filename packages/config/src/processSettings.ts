import { LOG_LEVELS } from '@dossier/http-server';
import { httpSettings } from './httpSettings.js';
import { operationMs, serviceLimits } from './limitSettings.js';
import { folder, host, httpUrl, milliseconds, oneOf, optional, port, secret, wholeNumber } from './readers.js';
import type { Settings } from './setting.js';

/** Folders that a process reads. */
export const dataSettings = {
  DATA_DIR: { description: 'Folder of the stores, <service>.sqlite.', default: 'data', read: folder },
  DOCUMENTS_DIR: {
    description: 'Folder with the texts of documents; without it, excerpts are null.',
    default: null,
    read: optional(folder),
  },
  SEEDS_DIR: { description: 'Folder of the seeds.', default: 'seeds', read: folder },
} satisfies Settings;

/** Settings of processes that serve existing stores. */
export const storeSettings = {
  STALE_STORE: {
    description:
      'What to do at the start if a store was not built from the current seeds: refuse to start, or serve it.',
    default: 'refuse',
    read: oneOf('refuse', 'serve'),
  },
} satisfies Settings;

/** Settings that the gateway and the services must share. */
export const secretSettings = {
  SUBGRAPH_SECRET: {
    description:
      'Secret that the gateway sends to the services, at least 16 characters. A service that has it rejects requests without it, except probes. It is the same for all services.',
    default: null,
    secret: true,
    read: optional(secret),
  },
} satisfies Settings;

/** Settings of services. */
export const serviceSettings = {
  ...secretSettings,
  MAX_ENTITIES: {
    description: 'Maximum number of entity representations in a request, otherwise TOO_MANY_ENTITIES.',
    default: '10000',
    read: wholeNumber('entities', { min: 1, max: 9_999_999 }),
  },
  REQUEST_MS: operationMs,
  ...serviceLimits,
} satisfies Settings;

/** Settings of processes that listen on a port. */
export const listenSettings = (defaultPort: number) =>
  ({
    PORT: { description: 'Port to listen on; 0 takes any free one.', default: String(defaultPort), read: port },
    HOST: { description: 'Address to listen on.', default: '127.0.0.1', read: host },
    LOG_LEVEL: {
      description: `Log level: ${LOG_LEVELS.join(', ')}. At info, each request is logged as a line of JSON.`,
      default: 'info',
      read: oneOf(...LOG_LEVELS),
    },
    RELOAD_MS: {
      description: 'How often to check for a replaced store or supergraph, in milliseconds; 0 disables.',
      default: '1000',
      read: milliseconds,
    },
    DRAIN_MS: {
      description:
        'How long the process handles requests after a stop signal, in milliseconds. In the first half it reports that it is not ready; in the second half it accepts no new connections and closes each after its response.',
      default: '1000',
      read: milliseconds,
    },
    GRACE_MS: {
      description: 'How long requests in progress may take after that, in milliseconds.',
      default: '10000',
      read: milliseconds,
    },
    PROBE_PORT: {
      description: 'Separate port for health and metrics; by default they are served on PORT.',
      default: null,
      read: optional(port),
    },
    ...httpSettings,
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      description: 'URL of an OpenTelemetry collector for OTLP over HTTP; without it, tracing is off.',
      default: null,
      read: optional(httpUrl),
    },
  }) satisfies Settings;
