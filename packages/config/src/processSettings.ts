import { LOG_LEVELS } from '@dossier/http-server';
import { httpSettings } from './httpSettings.js';
import { host, httpUrl, milliseconds, oneOf, port } from './parsers.js';
import { withFiles } from './secretFile.js';
import type { Settings } from './setting.js';

/** Settings of every program that runs until it is stopped, with or without HTTP. */
export const processSettings = {
  LOG_LEVEL: {
    description: `Log level: ${LOG_LEVELS.join(', ')}. One JSON line per request at info.`,
    default: 'info',
    read: oneOf(...LOG_LEVELS),
  },
  RELOAD_MS: {
    description: 'How often to check for a replaced store or supergraph, in milliseconds; 0 disables the check.',
    default: '1000',
    read: milliseconds,
  },
} satisfies Settings;

/** Parses the format of the OpenTelemetry SDK: names and URL-encoded values, e.g. `authorization=Bearer%20abc,x-tenant=a`. */
const headerList = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map((entry) => {
      const [, name, value] = /^\s*([\w-]+)\s*=\s*([\x21-\x7e]*)\s*$/.exec(entry) ?? [];
      const decoded = value === undefined ? null : decode(value);
      if (name === undefined || decoded === null)
        throw new Error('expected headers, e.g. authorization=Bearer%20abc, several separated by commas.');
      return [name, decoded];
    }),
  );

/** Null if the text is not URL-encoded. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const collectorSecrets = withFiles({
  OTEL_EXPORTER_OTLP_HEADERS: {
    description: 'Headers for the OpenTelemetry collector, e.g. authorization=Bearer%20abc, separated by commas.',
    default: null,
    secret: true,
    read: headerList as (text: string) => Record<string, string> | null,
  },
} satisfies Settings);

/** Settings of every process that listens. */
export const listenSettings = (defaultPort: number) =>
  ({
    PORT: { description: 'Port to listen on; 0 uses any free port.', default: String(defaultPort), read: port },
    HOST: { description: 'Address to listen on.', default: '127.0.0.1', read: host },
    ...processSettings,
    DRAIN_MS: {
      description:
        'How long to keep serving after a stop signal, in milliseconds: the first half as not ready, the second half without new connections, closing each connection after its response.',
      default: '1000',
      read: milliseconds,
    },
    GRACE_MS: {
      description: 'How long requests in flight may take to finish after DRAIN_MS, in milliseconds.',
      default: '10000',
      read: milliseconds,
    },
    PROBE_PORT: {
      description: 'Separate port for health and metrics. If not set, they are served on PORT.',
      default: null,
      read: port as (text: string) => number | null,
    },
    ...httpSettings,
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      description: 'URL of an OpenTelemetry collector that accepts OTLP over HTTP. If not set, tracing is off.',
      default: null,
      read: httpUrl as (text: string) => string | null,
    },
    ...collectorSecrets,
  }) satisfies Settings;
