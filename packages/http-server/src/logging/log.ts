import { writeSync } from 'node:fs';
import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What may carry secrets, wherever an error or a library brings it: cookies, authorization, the secret between gateway and subgraphs. */
const REDACTED = { paths: ['headers', 'err.headers', 'req.headers', 'res.headers'], remove: true };

/** Bytes that wait for whoever reads standard output; when he is slower than that, lines are dropped rather than requests held up. */
const WAITING_AT_MOST = 16 * 1024 * 1024;

/**
 * A log of JSON, a line an entry, to standard output. Variables and headers are never in it. Lines are written beside the
 * requests, several at once where there are many; an exit waits for those that are left.
 */
export const createLog = (service: string, level: LogLevel): Log =>
  pino(
    {
      level,
      redact: REDACTED,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    standardOutput(),
  );

const STDOUT = 1;

/** Standard output. Lines are dropped once it is closed: pino would throw, or retry forever at exit if it was a terminal. */
function standardOutput(): ReturnType<typeof pino.destination> {
  const output = pino.destination({
    dest: STDOUT,
    sync: false,
    minLength: 4096,
    periodicFlush: 20,
    maxLength: WAITING_AT_MOST,
  });
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error;
    Object.assign(output, { write: () => true, flush: () => {}, flushSync: () => {}, end: () => {} });
  });
  const flushSync = output.flushSync.bind(output);
  output.flushSync = () => {
    if (!isClosedTerminal(STDOUT)) flushSync();
  };
  return output;
}

function isClosedTerminal(fd: number): boolean {
  try {
    writeSync(fd, '');
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EIO';
  }
}

export const silentLog: Log = pino({ level: 'silent' });
