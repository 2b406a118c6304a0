import { writeSync } from 'node:fs';
import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Paths of headers, which may contain secrets, in the properties that errors and libraries log. */
const REDACTED = { paths: ['headers', 'err.headers', 'req.headers', 'res.headers'], remove: true };

/** Size of the output buffer in bytes. If the reader of standard output is too slow, lines are dropped; requests never wait. */
const MAX_BUFFER_BYTES = 16 * 1024 * 1024;

/**
 * A log that writes a line of JSON per entry to standard output, without variables and headers. Lines are written
 * asynchronously in batches; the exit of the process waits for the remaining ones.
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
    maxLength: MAX_BUFFER_BYTES,
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
