import type { ServerOptions } from '@dossier/http-server';
import type { ConfigOf, Setting } from './setting.js';
import { wholeNumber } from './wholeNumber.js';

const wholeNumberUpTo = (max: number, unit: string) => wholeNumber({ unit, max, maxDigits: 9 });

const share = (text: string): number => {
  if (!/^(0|1|[01]\.\d{1,9})$/.test(text) || Number(text) > 1)
    throw new Error('expected a number from 0 to 1, e.g. 0.05.');
  return Number(text);
};

const anySeconds = wholeNumberUpTo(3600, 'seconds');
const seconds = (text: string): number => {
  const value = anySeconds(text);
  if (value === 0) throw new Error('expected at least one second.');
  return value;
};

const headerName = (text: string): string => {
  if (!/^[\w-]{1,64}$/.test(text)) throw new Error('expected a header name, e.g. x-forwarded-for.');
  return text.toLowerCase();
};

export const onOff = (text: string): boolean => {
  if (text !== 'on' && text !== 'off') throw new Error('expected on or off.');
  return text === 'on';
};

const hosts = (text: string): string[] =>
  text.split(',').map((entry) => {
    const name = entry.trim();
    if (name !== '*' && (!URL.canParse(`http://${name}/`) || new URL(`http://${name}/`).host !== name.toLowerCase()))
      throw new Error(`"${name}" is not a host; expected e.g. dossier.example.org, several separated by commas, or *.`);
    return name.toLowerCase();
  });

/** HTTP settings of every process. */
export const httpSettings = {
  REQUEST_TIMEOUT_SECONDS: {
    description:
      'Time within which a complete request must arrive, in seconds, and its headers within a third of that; slower ones are rejected with 408.',
    default: '30',
    read: seconds,
  },
  MAX_CONNECTION_SECONDS: {
    description:
      'Maximum age of a connection in seconds: it is closed after its next response, so that clients reach new replicas behind a load balancer.',
    default: '30',
    read: seconds,
  },
  RATE_LIMIT: {
    description: 'Maximum requests per client and minute; more are rejected with 429. 0 disables the limit.',
    default: '0',
    read: wholeNumberUpTo(1_000_000, 'requests'),
  },
  RATE_LIMIT_HEADER: {
    description:
      'Header in which your proxy sends the client address for RATE_LIMIT and RATE_LIMIT_COST, e.g. x-forwarded-for; the last entry is used. If not set, the address of the connection is used.',
    default: null,
    read: headerName as (text: string) => string | null,
  },
  RATE_LIMIT_COST: {
    description:
      'Maximum cost of operations per client and minute, measured as for MAX_COST; operations above it are rejected with 429. 0 disables the limit.',
    default: '0',
    read: wholeNumberUpTo(999_999_999, 'values'),
  },
  ALLOWED_HOSTS: {
    description:
      'Allowed values of the Host header, with or without a port, separated by commas; * allows any. If not set, any host is allowed, or only localhost, 127.0.0.1 and [::1] if HOST is a loopback address.',
    default: null,
    read: hosts as (text: string) => string[] | null,
  },
  LOG_SAMPLE_RATE: {
    description:
      'Share of the requests that are logged, from 0 to 1. Requests with errors and slow ones are always logged. The gateway and its services log the same requests.',
    default: '1',
    read: share,
  },
  LOG_SLOW_MS: {
    description: 'Duration from which a request counts as slow and is always logged, in milliseconds.',
    default: '1000',
    read: wholeNumberUpTo(9_999_999, 'milliseconds'),
  },
  COMPRESSION: {
    description: 'Whether to compress large responses for clients that accept it: on, off.',
    default: 'on',
    read: onOff,
  },
} satisfies Record<string, Setting<unknown>>;

/** Converts the settings to options of the HTTP server. */
export const httpOptions = (
  config: ConfigOf<typeof httpSettings> & { PROBE_PORT: number | null },
): Pick<
  ServerOptions,
  'probePort' | 'timeouts' | 'maxConnectionMs' | 'requestLog' | 'rateLimit' | 'allowedHosts' | 'compress'
> => ({
  probePort: config.PROBE_PORT,
  timeouts: {
    headers: Math.ceil((config.REQUEST_TIMEOUT_SECONDS * 1000) / 3),
    request: config.REQUEST_TIMEOUT_SECONDS * 1000,
  },
  maxConnectionMs: config.MAX_CONNECTION_SECONDS * 1000,
  requestLog: { sampleRate: config.LOG_SAMPLE_RATE, slowMs: config.LOG_SLOW_MS },
  rateLimit: { perMinute: config.RATE_LIMIT, costPerMinute: config.RATE_LIMIT_COST, header: config.RATE_LIMIT_HEADER },
  allowedHosts: config.ALLOWED_HOSTS,
  compress: config.COMPRESSION,
});
