import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import type { Cut } from './deadlines.js';
import { type FailureCode, SubgraphFailure } from './failure.js';

export interface HttpAnswer {
  status: number;
  /** Revision of the service's store, where it told one. */
  revision: string | null;
  body: string;
}

/** What is no answer whatever its body says. All else but 200 and 400, redirects among it, is none of GraphQL. */
const BY_STATUS: Record<number, [code: FailureCode, mayBeRepeated?: true]> = {
  401: ['SUBGRAPH_REFUSED'],
  403: ['SUBGRAPH_REFUSED'],
  429: ['SUBGRAPH_BUSY'],
  502: ['SUBGRAPH_UNAVAILABLE', true],
  503: ['SUBGRAPH_UNAVAILABLE', true],
  504: ['SUBGRAPH_UNAVAILABLE', true],
};

const JSON_TYPE = /^application\/(graphql-response\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const REVISION = /^[\w.:-]{1,64}$/;
/** Errors of undici about what came back, rather than about the way there. */
const ABOUT_ANSWER = /^(HTTPParserError|HeadersOverflowError|Response\w+Error)$/;

/** Bytes that a response may have: by itself, and as one of all that are fetched for a request. */
export interface MaxBytes {
  perFetch: number;
  perRequest: number;
}

/** One request and its response, within its size; given up as soon as it is cut. No redirect is followed. */
export function exchange(
  pool: Pool,
  request: { path: string; headers: Record<string, string>; body: string },
  max: MaxBytes,
  cut: Cut,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let answer: Omit<HttpAnswer, 'body'> | null = null;
    let controller: Dispatcher.DispatchController | undefined;
    const fail = (failure: SubgraphFailure) => {
      reject(failure);
      controller?.abort(failure);
    };
    cut.onCut = fail;
    pool.dispatch(
      { ...request, method: 'POST' },
      {
        onRequestStart: (given) => {
          controller = given;
          // It was cut while it waited for a connection.
          if (cut.failure) given.abort(cut.failure);
        },
        onResponseStart: (_controller, status, headers) => {
          if (status < 200) return;
          const { 'x-dossier-revision': revision } = headers;
          answer = { status, revision: typeof revision === 'string' && REVISION.test(revision) ? revision : null };
          const failure = failureOf(status, headers, max);
          if (failure) fail(failure);
        },
        onResponseData: (_controller, chunk) => {
          bytes += chunk.length;
          if (bytes > max.perFetch || bytes > max.perRequest) fail(tooLarge(max));
          else chunks.push(chunk);
        },
        onResponseEnd: () => answer && resolve({ ...answer, body: Buffer.concat(chunks).toString() }),
        onResponseError: (_controller, error) => reject(asFailure(error, answer === null)),
      },
    );
  });
}

function failureOf(status: number, headers: IncomingHttpHeaders, max: MaxBytes): SubgraphFailure | null {
  if (status !== 200 && status !== 400) {
    const [code, mayBeRepeated = false] = BY_STATUS[status] ?? ['SUBGRAPH_BAD_ANSWER'];
    return new SubgraphFailure(code, `answered with status ${status}`, mayBeRepeated);
  }
  if (!JSON_TYPE.test(headers['content-type'] ?? ''))
    return new SubgraphFailure('SUBGRAPH_BAD_ANSWER', 'answered with another type than JSON');
  // Nothing was asked for encoded: what is so may be of any size when it is decoded.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return new SubgraphFailure('SUBGRAPH_BAD_ANSWER', 'answered encoded');
  return Number(headers['content-length'] ?? 0) > Math.min(max.perFetch, max.perRequest) ? tooLarge(max) : null;
}

const tooLarge = ({ perFetch, perRequest }: MaxBytes) =>
  perRequest < perFetch
    ? new SubgraphFailure(
        'RESPONSE_TOO_LARGE',
        `answered with more than the ${perRequest} bytes that are left for the request`,
      )
    : new SubgraphFailure('SUBGRAPH_BAD_ANSWER', `answered with more than ${perFetch} bytes`);

function asFailure(error: Error & { code?: string }, isUnanswered: boolean): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const reason = error.message || error.code || error.name;
  return ABOUT_ANSWER.test(error.name)
    ? new SubgraphFailure('SUBGRAPH_BAD_ANSWER', reason)
    : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', reason, isUnanswered);
}
