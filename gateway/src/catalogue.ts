import type { Catalogue } from '@dossier/http-server';

/** The codes that only a gateway answers with. */
export const catalogue = {
  SUBGRAPH_UNAVAILABLE: {
    status: null,
    sentence:
      'The subgraph that "service" names gave no answer; each field that it would have answered is null. The rest of the answer is whole.',
    remedy: 'Ask again later; what is there may be shown.',
  },
  SUBGRAPH_TIMEOUT: {
    status: null,
    sentence:
      'The subgraph that "service" names did not answer in time; each field that it would have answered is null.',
    remedy: 'Ask again, for less at once if it stays. Operators: SUBGRAPH_MS.',
  },
  SUBGRAPH_BAD_ANSWER: {
    status: null,
    sentence:
      'The subgraph that "service" names answered with something that is no answer of GraphQL, or is too large; each field that it would have answered is null.',
    remedy: 'Tell the operator the "x-request-id" of the answer; the log has what was wrong.',
  },
  SUBGRAPH_BAD_VALUE: {
    status: null,
    sentence:
      'The subgraph that "service" names gave this field no value, null where it promises one, or a value of another type.',
    remedy: 'Tell the operator the "x-request-id" of the answer; the rest of the answer may be used.',
  },
  SUBGRAPH_REFUSED: {
    status: null,
    sentence:
      'The subgraph that "service" names does not answer this gateway; each field that it would have answered is null.',
    remedy: 'Tell the operator: the gateway needs the SUBGRAPH_SECRET of the service.',
  },
  SUBGRAPH_BUSY: {
    status: null,
    sentence:
      'The subgraph that "service" names takes no more requests at present; each field that it would have answered is null.',
    remedy: 'Ask again after a few seconds.',
  },
  SUBGRAPH_CIRCUIT_OPEN: {
    status: null,
    sentence:
      'The subgraph that "service" names has failed so often in a row that it is left alone for a moment; each field that it would have answered is null.',
    remedy: 'Ask again after a few seconds. Operators: BREAKER_FAILURES, BREAKER_MS; the log has the failures.',
  },
  GATEWAY_TIMEOUT: {
    status: null,
    sentence:
      'The request as a whole took too long; the subgraph that "service" names was not waited for, and its fields are null.',
    remedy: 'Ask for less at once. Operators: REQUEST_MS.',
  },
} as const satisfies Catalogue;
