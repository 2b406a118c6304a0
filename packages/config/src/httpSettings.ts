import type { ServerOptions } from '@dossier/http-server';
import { headerName, hosts, onOff, optional, wholeNumber } from './readers.js';
import type { ConfigOf, Settings } from './setting.js';

/** Settings of the HTTP server. */
export const httpSettings = {
  REQUEST_TIMEOUT_SECONDS: {
    description: 'Seconds in which a request must arrive, and its headers in a third of that, otherwise 408.',
    default: '30',
    read: wholeNumber('seconds', { min: 1, max: 3600 }),
  },
  RATE_LIMIT: {
    description: 'Maximum number of requests per client and minute, otherwise 429; 0 sets no limit.',
    default: '0',
    read: wholeNumber('requests', { max: 1_000_000 }),
  },
  RATE_LIMIT_HEADER: {
    description:
      'Header in which a trusted proxy names the client for RATE_LIMIT, e.g. x-forwarded-for; its last entry counts. Without it, clients are identified by their address.',
    default: null,
    read: optional(headerName),
  },
  RATE_LIMIT_COST: {
    description:
      'Maximum cost of operations per client and minute, computed as for MAX_COST, otherwise 429; 0 sets no limit.',
    default: '0',
    read: wholeNumber('values', { max: 999_999_999 }),
  },
  ALLOWED_HOSTS: {
    description:
      'Hosts accepted in the header "host", with or without a port, separated by commas; * allows any. Default: any, but only localhost, 127.0.0.1 and [::1] if HOST is a loopback address.',
    default: null,
    read: optional(hosts),
  },
  COMPRESSION: {
    description: 'Whether to compress large responses if the client accepts it: on, off.',
    default: 'on',
    read: onOff,
  },
} satisfies Settings;

/** The settings as options of `startServer`. */
export const httpOptions = (
  config: ConfigOf<typeof httpSettings> & { PROBE_PORT: number | null },
): Pick<ServerOptions, 'probePort' | 'timeouts' | 'rateLimit' | 'allowedHosts' | 'compress'> => ({
  probePort: config.PROBE_PORT,
  timeouts: {
    headers: Math.ceil((config.REQUEST_TIMEOUT_SECONDS * 1000) / 3),
    request: config.REQUEST_TIMEOUT_SECONDS * 1000,
  },
  rateLimit: { perMinute: config.RATE_LIMIT, costPerMinute: config.RATE_LIMIT_COST, header: config.RATE_LIMIT_HEADER },
  allowedHosts: config.ALLOWED_HOSTS,
  compress: config.COMPRESSION,
});
