import type { IncomingHttpHeaders } from 'node:http';
import { inherit } from '@dossier/tracing';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Admission } from './admission.js';
import type { FastLane } from './fastLane.js';
import { GRAPHQL_RESPONSE } from './negotiation.js';
import { OneATurn } from './oneATurn.js';
import { ClientContext } from './requestContext.js';

/** Objects that an answer may hold, for it to be one that others are not to wait for. */
const LARGE = 500;

/**
 * Answers a request to `/graphql`: by the fast lane where it can, by Apollo Server where not. What is at hand is sent at
 * once: a promise would cost a tenth of such an answer. What is large, or was not asked before, waits for its turn.
 */
export function answerGraphql(admission: Admission, lane: FastLane, apollo: RouteHandlerMethod): RouteHandlerMethod {
  const turns = new OneATurn();
  return function handle(request, reply) {
    const { asked, cost } = admission.admit(request);
    reply.header('cache-control', 'no-store');
    const contextOf = () => inherit(request, new ClientContext(request.id, reply.raw));
    const isGet = request.method === 'GET';
    // Where no browser was asked for leave, Apollo Server refuses it.
    const mayBeKnown = asked !== null && (!isGet || isPreflighted(request.headers));
    const known = (wait: OneATurn | null) => (mayBeKnown ? lane.answer(asked, isGet ? reply.raw : null, contextOf, wait) : null);
    const byApollo = () => (reply.raw.destroyed ? reply.hijack() : apollo.call(this, request, reply));
    const whole = (text: string | null) => (text === null ? turns.run(byApollo) : asJson(request, reply, text));
    const answer = known(cost > LARGE ? turns : null);
    if (answer instanceof Promise) return answer.then(whole);
    if (answer !== null) return void reply.send(asJson(request, reply, answer));
    return turns.run(() => {
      // While it waited, the same may have been asked and answered.
      const again = known(null);
      return again === null ? byApollo() : Promise.resolve(again).then(whole);
    });
  };
}

/** As the type that was settled on. */
function asJson({ headers: { accept } }: FastifyRequest, reply: FastifyReply, text: string): string {
  void reply.header('content-type', accept === GRAPHQL_RESPONSE ? `${GRAPHQL_RESPONSE}; charset=utf-8` : 'application/json; charset=utf-8');
  return text;
}

/** Whether a browser has to ask before another site's page may send this: by the headers that Apollo Server asks for. */
const isPreflighted = (headers: IncomingHttpHeaders): boolean => Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name'] || headers['content-type']);
