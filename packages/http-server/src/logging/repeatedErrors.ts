/** How long equal errors are counted, in milliseconds. */
const INTERVAL_MS = 10_000;
/** Maximum number of different errors that are counted at a time; further ones are logged like others. */
const MAX_ERRORS = 1_000;
/** Maximum number of request ids that are listed with a count. */
const MAX_IDS = 20;
/** Properties that differ between equal errors. */
const PER_REQUEST = new Set(['requestId', 'traceId', 'count']);

/** The fields of a log entry. */
export type Fields = Record<string, unknown>;

export type ErrorLevel = 'warn' | 'error';

interface Repeated {
  level: ErrorLevel;
  fields: Fields;
  message: string;
  count: number;
  requestIds: unknown[];
}

/**
 * Counts equal errors instead of logging each. The first one is logged at once; those that follow within ten seconds are one more
 * entry at the end of that time, with their number and the ids of their requests.
 */
export class RepeatedErrors {
  readonly #log: (level: ErrorLevel, fields: Fields, message: string) => void;
  readonly #errors = new Map<string, Repeated>();
  #timer: NodeJS.Timeout | null = null;

  /** `log` writes the entry with the count. */
  constructor(log: (level: ErrorLevel, fields: Fields, message: string) => void) {
    this.#log = log;
  }

  /** Whether an equal error was logged less than ten seconds ago; then this one is only counted. */
  isRepeated(level: ErrorLevel, details: Fields, message: string): boolean {
    const fields = withoutDetails(details);
    const key = JSON.stringify([level, message, fields]);
    const repeated = this.#errors.get(key);
    if (repeated) {
      repeated.count++;
      const { requestId } = details;
      if (requestId !== undefined && repeated.requestIds.length < MAX_IDS) repeated.requestIds.push(requestId);
      return true;
    }
    if (this.#errors.size < MAX_ERRORS) {
      this.#errors.set(key, { level, fields, message, count: 0, requestIds: [] });
      this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS).unref();
    }
    return false;
  }

  /** Logs the counts so far. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const errors = [...this.#errors.values()];
    this.#errors.clear();
    for (const { level, fields, message, count, requestIds } of errors)
      if (count > 0)
        this.#log(level, { ...fields, repeated: count, ...(requestIds.length > 0 && { requestIds }) }, message);
  }
}

/** The fields that equal errors share: without those of single requests, stacks and positions in lists. */
const withoutDetails = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (PER_REQUEST.has(name)) return [];
      if (value instanceof Error) return [[name, value.message]];
      if (Array.isArray(value)) return [[name, value.filter((entry) => typeof entry === 'string')]];
      return typeof value === 'object' || typeof value === 'bigint' ? [] : [[name, value]];
    }),
  );
