import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What may carry secrets, wherever an error or a library brings it: cookies, authorization, the secret between gateway and subgraphs. */
const REDACTED = { paths: ['headers', 'err.headers', 'req.headers', 'res.headers'], remove: true };

/** A log of JSON, a line an entry, to standard output. Variables and headers are never in it. */
export const createLog = (service: string, level: LogLevel): Log =>
  pino({ level, redact: REDACTED, base: { service }, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });

export const silentLog: Log = pino({ level: 'silent' });
