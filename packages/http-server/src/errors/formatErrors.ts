import type { GraphQLFormattedError } from 'graphql';
import type { ServerCode } from './catalogue.js';

/** Maximum length of a message in characters: a message may quote what the client sent. */
const MAX_MESSAGE = 500;
/** Maximum number of client errors in one response. */
export const MAX_CLIENT_ERRORS = 20;

/** Codes of errors that the client caused. One invalid argument gives such an error for each object that has the field. */
const CLIENT_ERROR_CODES = new Set<unknown>([
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
  'TOO_MANY_ENTITIES',
] satisfies ServerCode[]);

const NON_NULL = 'Cannot return null for non-nullable field ';

/** The errors of a response as clients see them; without introspection, messages name no type of the schema. */
export const formatErrors = (
  errors: readonly GraphQLFormattedError[],
  introspection: boolean,
): readonly GraphQLFormattedError[] =>
  capErrors(errors).map((error) => truncateMessage(introspection ? error : maskTypeNames(error)));

export const truncateMessage = (error: GraphQLFormattedError): GraphQLFormattedError =>
  error.message.length > MAX_MESSAGE ? { ...error, message: `${error.message.slice(0, MAX_MESSAGE)} …` } : error;

/** Drops client errors after the first MAX_CLIENT_ERRORS, and no other errors. */
function capErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  if (errors.length <= MAX_CLIENT_ERRORS) return errors;
  let count = 0;
  return errors.filter(
    ({ extensions }) => !CLIENT_ERROR_CODES.has(extensions?.['code']) || ++count <= MAX_CLIENT_ERRORS,
  );
}

/** Replaces messages of graphql-js and of value completion that contain type names. */
function maskTypeNames(error: GraphQLFormattedError): GraphQLFormattedError {
  const variable = /^Variable "(\$\w{1,200})"/.exec(error.message)?.[1];
  if (variable) return { ...error, message: `Variable "${variable}" has a value that is not accepted.` };
  return error.message.startsWith(NON_NULL)
    ? { ...error, message: 'Cannot return null for a non-nullable field.' }
    : error;
}
