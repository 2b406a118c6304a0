import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { catalogue } from './catalogue.js';

/** Refuses a request that names no operation of its document, or one of a kind that the schema does not have. Under a gateway, Apollo Server would go on without one. */
export const refuseUnresolved: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, schema }) {
        const { status, sentence } = catalogue.OPERATION_RESOLUTION_FAILURE;
        if (!operation) throw new GraphQLError(sentence, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status } } });
        const { operation: kind } = operation;
        if (!schema.getRootType(kind)) throw new GraphQLError(`The schema has no ${kind}s.`, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } });
      },
      async willSendResponse({ response: { http, body } }) {
        // By Apollo's own rule, a GET of what is no query: its code is that of any bad request.
        if (http.status !== 405 || body.kind !== 'single') return;
        body.singleResult.errors = (body.singleResult.errors ?? []).map((error) => ({ ...error, extensions: { ...error.extensions, code: 'METHOD_NOT_ALLOWED' } }));
      },
    };
  },
};
