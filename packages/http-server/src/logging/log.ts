import { type Logger, pino, stdTimeFunctions } from 'pino';
import { LogOutput, standardOutput } from './logOutput.js';
import { type Fields, RepeatedErrors } from './repeatedErrors.js';

export type Log = Logger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Paths of headers, which may contain secrets, in the properties that errors and libraries log. */
const REDACTED = { paths: ['headers', 'err.headers', 'req.headers', 'res.headers'], remove: true };

/** pino's number of the level `warn`. */
const WARN = 40;

/** What pino writes to. */
interface LogStream {
  write: (line: string) => void;
  flushSync?: () => void;
}

/**
 * A log that writes a line of JSON per entry to standard output, without variables and headers. Lines are written
 * asynchronously in batches, and the remaining ones when the process exits. Equal warnings and errors are counted.
 * `fd` is another descriptor to write to, for a program whose standard output is not for people.
 */
export function createLog(service: string, level: LogLevel, fd = standardOutput()): Log {
  const output = new LogOutput(fd, (count) => log.warn({ count }, 'log lines were dropped'));
  const { log, flush } = createLogTo(output, service, level);
  process.on('exit', () => {
    flush();
    output.flushSync();
  });
  return log;
}

/** The same, to any stream. `flush` logs the counts of equal errors. */
export function createLogTo(stream: LogStream, service: string, level: LogLevel): { log: Log; flush: () => void } {
  let isCount = false;
  const repeated = new RepeatedErrors((errorLevel, fields, message) => {
    isCount = true;
    log[errorLevel](fields, message);
    isCount = false;
  });
  const log: Log = pino(
    {
      level,
      redact: REDACTED,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method, methodLevel) {
          const [fields, message] = args as [unknown, unknown];
          if (methodLevel >= WARN && !isCount && isFields(fields) && typeof message === 'string')
            if (repeated.isRepeated(methodLevel === WARN ? 'warn' : 'error', fields, message)) return;
          method.apply(this, args);
        },
      },
    },
    stream,
  );
  return { log, flush: () => repeated.flush() };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !(value instanceof Error);

export const silentLog: Log = pino({ level: 'silent' });
