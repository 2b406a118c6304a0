import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/** Characters of a message at most: it may repeat what the client sent. */
const MESSAGE_LENGTH = 500;
/** Errors told of a request that was not run: after so many, more of them help nobody. */
const ERRORS_TOLD = 20;

/** An error whose message is no longer than need be. */
export const brief = <Told extends GraphQLFormattedError>(error: Told): Told => (error.message.length > MESSAGE_LENGTH ? { ...error, message: `${error.message.slice(0, MESSAGE_LENGTH)} …` } : error);

/** Of a request that was not run, the first errors are told. */
export const tellFirstErrors: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind !== 'single' || body.singleResult.data || !body.singleResult.errors) return;
        body.singleResult.errors = body.singleResult.errors.slice(0, ERRORS_TOLD);
      },
    };
  },
};
