import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import type { Cancellation } from './deadlines.js';
import { type FailureCode, SubgraphFailure } from './failure.js';

export interface HttpResponse {
  status: number;
  /** Revision of the service's store; null if the response does not have one. */
  revision: string | null;
  body: string;
}

/** Statuses with a failure code of their own. All others except 200 and 400, redirects included, are SUBGRAPH_BAD_ANSWER. */
const FAILURE_BY_STATUS: Record<number, [code: FailureCode, isRetryable?: true]> = {
  401: ['SUBGRAPH_REFUSED'],
  403: ['SUBGRAPH_REFUSED'],
  409: ['SUBGRAPH_REVISION_MISMATCH'],
  429: ['SUBGRAPH_BUSY'],
  502: ['SUBGRAPH_UNAVAILABLE', true],
  503: ['SUBGRAPH_UNAVAILABLE', true],
  504: ['SUBGRAPH_UNAVAILABLE', true],
};

const JSON_TYPE = /^application\/(graphql-response\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const REVISION = /^[\w.:-]{1,64}$/;
/** Errors of undici that are caused by the response rather than by the connection. */
const RESPONSE_ERRORS = /^(HTTPParserError|HeadersOverflowError|Response\w+Error)$/;

/** Maximum size of a response in bytes: for a single fetch, and what is left of the budget of all fetches of a request. */
export interface MaxBytes {
  perFetch: number;
  perRequest: number;
}

/**
 * Sends a POST request and reads the response. Does not follow redirects. Rejects with a SubgraphFailure if the status, content
 * type or size is not acceptable, if the connection fails, or when it is cancelled.
 */
export function sendRequest(
  pool: Pool,
  request: { path: string; headers: Record<string, string>; body: string },
  max: MaxBytes,
  cancellation: Cancellation,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let response: Omit<HttpResponse, 'body'> | null = null;
    let controller: Dispatcher.DispatchController | undefined;
    const fail = (failure: SubgraphFailure) => {
      reject(failure);
      controller?.abort(failure);
    };
    cancellation.onCancel = fail;
    pool.dispatch(
      { ...request, method: 'POST' },
      {
        onRequestStart: (requestController) => {
          controller = requestController;
          // It may have been cancelled while it waited for a connection.
          if (cancellation.failure) requestController.abort(cancellation.failure);
        },
        onResponseStart: (_controller, status, headers) => {
          if (status < 200) return;
          const { 'x-dossier-revision': revision } = headers;
          response = { status, revision: typeof revision === 'string' && REVISION.test(revision) ? revision : null };
          const failure = failureOf(status, headers, max);
          if (failure) fail(failure);
        },
        onResponseData: (_controller, chunk) => {
          bytes += chunk.length;
          if (bytes > max.perFetch || bytes > max.perRequest) fail(tooLarge(max));
          else chunks.push(chunk);
        },
        onResponseEnd: () => response && resolve({ ...response, body: Buffer.concat(chunks).toString() }),
        onResponseError: (_controller, error) => reject(asFailure(error, response === null)),
      },
    );
  });
}

function failureOf(status: number, headers: IncomingHttpHeaders, max: MaxBytes): SubgraphFailure | null {
  if (status !== 200 && status !== 400) {
    const [code, isRetryable = false] = FAILURE_BY_STATUS[status] ?? ['SUBGRAPH_BAD_ANSWER'];
    return new SubgraphFailure(code, `response with status ${status}`, isRetryable);
  }
  if (!JSON_TYPE.test(headers['content-type'] ?? ''))
    return new SubgraphFailure('SUBGRAPH_BAD_ANSWER', 'response with a content type other than JSON');
  // The request accepts no encoding; a compressed body may decode to any size.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return new SubgraphFailure('SUBGRAPH_BAD_ANSWER', 'response with a content encoding');
  return Number(headers['content-length'] ?? 0) > Math.min(max.perFetch, max.perRequest) ? tooLarge(max) : null;
}

const tooLarge = ({ perFetch, perRequest }: MaxBytes) =>
  perRequest < perFetch
    ? new SubgraphFailure(
        'RESPONSE_TOO_LARGE',
        `response with more than the ${perRequest} bytes that are left for the request`,
      )
    : new SubgraphFailure('SUBGRAPH_BAD_ANSWER', `response with more than ${perFetch} bytes`);

function asFailure(error: Error & { code?: string }, isRetryable: boolean): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const reason = error.message || error.code || error.name;
  return RESPONSE_ERRORS.test(error.name)
    ? new SubgraphFailure('SUBGRAPH_BAD_ANSWER', reason)
    : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', reason, isRetryable);
}
