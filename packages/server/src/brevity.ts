import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { ServerCode } from './catalogue.js';

/** Characters of a message at most: it may repeat what the client sent. */
const MESSAGE_LENGTH = 500;
/** Errors told of what is wrong with a request: after so many, more of them help nobody. */
const ERRORS_TOLD = 20;

/** An error whose message is no longer than need be. */
export const brief = <Told extends GraphQLFormattedError>(error: Told): Told => (error.message.length > MESSAGE_LENGTH ? { ...error, message: `${error.message.slice(0, MESSAGE_LENGTH)} …` } : error);

/** Codes of what is wrong with a request: the same fault of an argument comes back with every object that the field is asked of. */
const OF_CLIENTS = new Set<unknown>(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'TOO_MANY_ENTITIES'] satisfies ServerCode[]);

/** Of a request that was run, all errors but those: of them, the first. */
export function tellFirst<Told extends GraphQLFormattedError>(errors: readonly Told[]): readonly Told[] {
  if (errors.length <= ERRORS_TOLD) return errors;
  let told = 0;
  return errors.filter(({ extensions }) => !OF_CLIENTS.has(extensions?.['code']) || ++told <= ERRORS_TOLD);
}

/** Of a request that was not run, the first errors are told, of one that was run those of `tellFirst`. */
export const tellFirstErrors: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        const { data, errors } = body.singleResult;
        body.singleResult.errors = data ? tellFirst(errors) : errors.slice(0, ERRORS_TOLD);
      },
    };
  },
};
