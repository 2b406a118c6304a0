import type { ServerOptions } from '@dossier/http-server';
import type { ConfigOf, Setting } from './config.js';

const whole = (most: number, what: string) => (text: string) => {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value > most) throw new Error(`expected a whole number of ${what}, at most ${most}.`);
  return value;
};

const seconds = (text: string): number => {
  const value = whole(3600, 'seconds')(text);
  if (value === 0) throw new Error('expected at least one second.');
  return value;
};

const headerName = (text: string): string => {
  if (!/^[\w-]{1,64}$/.test(text)) throw new Error('expected the name of a header, e.g. x-forwarded-for.');
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
      throw new Error(`"${name}" is not a host; expected e.g. dossier.example.org, several divided by commas, or *.`);
    return name.toLowerCase();
  });

/** How a process speaks HTTP. */
export const httpSettings = {
  REQUEST_TIMEOUT_SECONDS: {
    description: 'Seconds in which a request must have arrived, its headers in a third of that; else 408.',
    default: '30',
    read: seconds,
  },
  RATE_LIMIT: {
    description: 'Requests that one client may send a minute, else 429; 0 sets no limit.',
    default: '0',
    read: whole(1_000_000, 'requests'),
  },
  RATE_LIMIT_HEADER: {
    description:
      'Header in which your own proxy names the client, for RATE_LIMIT, e.g. x-forwarded-for, of which the last entry counts; without it, the address counts.',
    default: null,
    read: headerName as (text: string) => string | null,
  },
  RATE_LIMIT_COST: {
    description:
      'Cost of the operations that one client may send a minute, counted as for MAX_COST, else 429; 0 sets no limit.',
    default: '0',
    read: whole(999_999_999, 'values'),
  },
  ALLOWED_HOSTS: {
    description:
      'Hosts that requests may name in the header "host", with or without a port, divided by commas; * allows any. Unless set: any, but on a loopback address (HOST) only localhost, 127.0.0.1 and [::1].',
    default: null,
    read: hosts as (text: string) => string[] | null,
  },
  COMPRESSION: {
    description: 'Whether large answers are compressed for clients that take that: on, off.',
    default: 'on',
    read: onOff,
  },
} satisfies Record<string, Setting<unknown>>;

/** The same, as a server takes them. */
export const httpOptions = (
  config: ConfigOf<typeof httpSettings> & { PROBE_PORT: number | null },
): Pick<ServerOptions, 'probePort' | 'arrivalMs' | 'rateLimit' | 'allowedHosts' | 'compress'> => ({
  probePort: config.PROBE_PORT,
  arrivalMs: {
    headers: Math.ceil((config.REQUEST_TIMEOUT_SECONDS * 1000) / 3),
    request: config.REQUEST_TIMEOUT_SECONDS * 1000,
  },
  rateLimit: { perMinute: config.RATE_LIMIT, costPerMinute: config.RATE_LIMIT_COST, header: config.RATE_LIMIT_HEADER },
  allowedHosts: config.ALLOWED_HOSTS,
  compress: config.COMPRESSION,
});
