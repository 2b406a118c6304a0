import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

interface Fault {
  status: number;
  code: string;
  message: string;
}

const BY_FASTIFY: Record<string, Fault> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'The body of the request is too large.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'The body of the request is of a type that is not read here; expected application/json.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'BAD_REQUEST', message: 'The body of the request is no JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'BAD_REQUEST', message: 'The body of the request is empty; expected JSON.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'BAD_REQUEST', message: 'The body of the request is of another length than it says.' },
};

const NOT_FOUND: Fault = { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address; GraphQL is at /graphql.' };
const NOT_ALLOWED: Fault = { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'This method is not answered here; expected GET or POST.' };
const OWN_FAULT: Fault = { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'The server failed to answer.' };
const BAD_REQUEST: Fault = { status: 400, code: 'BAD_REQUEST', message: 'The request could not be read.' };

/** Whatever goes wrong around GraphQL is told as by GraphQL: JSON with a code, and nothing of what happened inside. */
export function tellFaults(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    const fault = BY_FASTIFY[error.code] ?? (status >= 400 && status < 500 ? { ...BAD_REQUEST, status } : OWN_FAULT);
    if (fault.status >= 500) request.log.error({ err: error }, 'failed to answer');
    tell(reply, fault);
  });
  app.setNotFoundHandler((request, reply) => {
    const isKnown = request.url.split('?')[0] === '/graphql';
    if (isKnown) reply.header('allow', 'GET, POST, OPTIONS');
    tell(reply, isKnown ? NOT_ALLOWED : NOT_FOUND);
  });
}

function tell(reply: FastifyReply, { status, code, message }: Fault): void {
  void reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`);
}
