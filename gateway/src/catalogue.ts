import type { Catalogue } from '@dossier/http-server';

/** Error codes that only the gateway returns. */
export const catalogue = {
  SUBGRAPH_UNAVAILABLE: {
    status: null,
    sentence:
      'The subgraph named in "service" could not be reached; the fields it resolves are null. The rest of the response can be used.',
    remedy: 'Show the rest of the response, and retry later.',
  },
  SUBGRAPH_TIMEOUT: {
    status: null,
    sentence: 'The subgraph named in "service" did not respond in time; the fields it resolves are null.',
    remedy: 'Retry; if it happens again, request less data at once. Operators: SUBGRAPH_MS.',
  },
  SUBGRAPH_BAD_ANSWER: {
    status: null,
    sentence:
      'The subgraph named in "service" returned a response that is too large or not a GraphQL response; the fields it resolves are null.',
    remedy: 'Report the "x-request-id" of the response to the operator; the log has the cause.',
  },
  SUBGRAPH_BAD_VALUE: {
    status: null,
    sentence:
      'The subgraph named in "service" returned no value for this field, null for a non-null field, or a value of another type.',
    remedy: 'Report the "x-request-id" of the response to the operator; the rest of the response can be used.',
  },
  SUBGRAPH_REFUSED: {
    status: null,
    sentence: 'The subgraph named in "service" rejected the request of the gateway; the fields it resolves are null.',
    remedy: 'Report it to the operator: the gateway needs the SUBGRAPH_SECRET of the service.',
  },
  SUBGRAPH_BUSY: {
    status: null,
    sentence: 'The subgraph named in "service" is busy; the fields it resolves are null.',
    remedy: 'Retry after a few seconds.',
  },
  SUBGRAPH_REVISION_MISMATCH: {
    status: null,
    sentence:
      'Replicas of the subgraph named in "service" have different revisions of its store, and no replica with the revision of this response was reached; the fields it resolves are null.',
    remedy: 'Retry. Operators: give all replicas of a service the same store; MIXED_REVISIONS.',
  },
  SUBGRAPH_CIRCUIT_OPEN: {
    status: null,
    sentence:
      'The subgraph named in "service" has failed repeatedly, so the gateway does not call it for a moment; the fields it resolves are null.',
    remedy: 'Retry after a few seconds. Operators: BREAKER_FAILURES, BREAKER_MS; the log has the failures.',
  },
  GATEWAY_TIMEOUT: {
    status: null,
    sentence:
      'The request took too long, so the gateway stopped waiting for the subgraph named in "service"; the fields it resolves are null.',
    remedy: 'Request less data at once. Operators: REQUEST_MS.',
  },
} as const satisfies Catalogue;
