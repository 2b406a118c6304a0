import { inherit } from '@dossier/tracing';
import type { FastifyReply, RouteHandlerMethod } from 'fastify';
import type { Admission } from './admission.js';
import type { FastLane } from './fastLane.js';
import { ClientContext } from './requestContext.js';

/**
 * Answers a request to `/graphql`: by the fast lane where it can, by Apollo Server where not. What is at hand is sent at
 * once: a promise would cost a tenth of such an answer.
 */
export function answerGraphql(admission: Admission, lane: FastLane, apollo: RouteHandlerMethod): RouteHandlerMethod {
  return function handle(request, reply) {
    admission.admit(request);
    reply.header('cache-control', 'no-store');
    const answer = lane.answer(request.body, request.headers.accept, () => inherit(request, new ClientContext(request.id, reply.raw)));
    if (answer === null) return apollo.call(this, request, reply);
    if (answer instanceof Promise) return answer.then((text) => (text === null ? apollo.call(this, request, reply) : asJson(reply, text)));
    void reply.send(asJson(reply, answer));
  };
}

function asJson(reply: FastifyReply, text: string): string {
  void reply.header('content-type', 'application/json; charset=utf-8');
  return text;
}
