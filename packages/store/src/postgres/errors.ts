import { QueryRefusedError } from '../errors.js';

/** A query on a PostgreSQL store failed because the server could not be reached, or could not answer. The message has no address. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError';
  /** SQLSTATE of the server, or the code of a system error: https://www.postgresql.org/docs/15/errcodes-appendix.html */
  readonly code: string;

  constructor(code: string) {
    super(`the PostgreSQL store is not available (${code})`);
    this.code = code;
  }
}

/** A query on a PostgreSQL store took longer than the server allows: its `statement_timeout`. */
export class StoreTimeoutError extends Error {
  override name = 'StoreTimeoutError';
}

/** The code of an error of `pg` or of a socket; its message may have an address, a user or a value. */
export function failureCode(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code)) return code;
  if (/timeout/i.test(String(message))) return 'TIMEOUT';
  if (/password must be/.test(String(message))) return 'NO_PASSWORD';
  return String(message).includes('SSL') ? 'TLS' : 'CONNECTION_LOST';
}

/** Whether a code is the server's, an SQLSTATE; others are those of sockets, such as EPIPE, and our own. */
export const isServerCode = (code: string): boolean => code.length === 5 && !/^E[A-Z]/.test(code);

/**
 * Classes and codes of errors that concern the server or the connection, not the query: connection, resources, operator
 * intervention, authorization, permissions, a schema that was dropped or that a standby does not have yet, a conflict with what a standby replays, and
 * named statements behind a pooler that does not support them.
 */
const UNAVAILABLE = /^(?:08|53|28|58|57P|40|3D000|3F000|42501|42P01|42P05|55000|26000|25006|XX)/;

/** The server's `statement_timeout`, or a cancellation. */
const CANCELED = '57014';

/** `feature_not_supported`: forms of queries over distributed tables. */
const REFUSED = '0A000';

/** Whether the schema or the table of a query does not exist: it was dropped, or a standby does not have it yet. */
export const isMissing = ({ code }: StoreUnavailableError): boolean => code === '3F000' || code === '42P01';

/**
 * Whether the server answered that it cannot read a table, whatever the values of the query: the table is damaged, missing, or on a node
 * that is down, or the role has no permission.
 */
export const isTableFailure = (error: unknown): error is StoreUnavailableError =>
  error instanceof StoreUnavailableError && /^(?:08...|3F000|42501|42P01|55000|58...|XX00[12])$/.test(error.code);

export const isCanceled = (error: unknown): boolean => failureCode(error) === CANCELED;

/** An error of a query, in the terms of a store. An error in the SQL itself is returned as it is: that is a bug. */
export function storeError(error: unknown): Error {
  const code = failureCode(error);
  if (isCanceled(error)) return new StoreTimeoutError('the query took longer than the server allows');
  if (code === REFUSED)
    return new QueryRefusedError('the database does not support the form of the query', { cause: error });
  if (!isServerCode(code) || UNAVAILABLE.test(code)) return new StoreUnavailableError(code);
  return error as Error;
}
