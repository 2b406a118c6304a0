/** The errors of the page's server, with the status of each. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  BAD_TOKEN: 401,
  BAD_HOST: 403,
  BAD_ORIGIN: 403,
  OUTSIDE: 403,
  READ_ONLY: 403,
  NOT_FOUND: 404,
  NO_DOCUMENT: 404,
  NO_TEXT: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  NOTHING_TO_UNDO: 409,
  TOO_LARGE: 413,
  NOT_JSON: 415,
  INVALID_PASSAGE: 422,
  NOT_EDITABLE: 422,
  NOT_ACCEPTED: 422,
  WRITE_FAILED: 500,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** An error for the person who annotates. The message contains no path outside the seeds folder. */
export class AnnotateError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'AnnotateError';
    this.code = code;
  }
}
