import { inherit } from '@dossier/tracing';
import type { FastifyReply, RouteHandlerMethod } from 'fastify';
import type { Admission } from './admission.js';
import type { FastLane } from './fastLane.js';
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
    const cost = admission.admit(request);
    reply.header('cache-control', 'no-store');
    const contextOf = () => inherit(request, new ClientContext(request.id, reply.raw));
    const known = (wait: OneATurn | null) => lane.answer(request.body, request.headers.accept, contextOf, wait);
    const byApollo = () => (reply.raw.destroyed ? reply.hijack() : apollo.call(this, request, reply));
    const whole = (text: string | null) => (text === null ? turns.run(byApollo) : asJson(reply, text));
    const answer = known(cost > LARGE ? turns : null);
    if (answer instanceof Promise) return answer.then(whole);
    if (answer !== null) return void reply.send(asJson(reply, answer));
    return turns.run(() => {
      // While it waited, the same may have been asked and answered.
      const again = known(null);
      return again === null ? byApollo() : Promise.resolve(again).then(whole);
    });
  };
}

function asJson(reply: FastifyReply, text: string): string {
  void reply.header('content-type', 'application/json; charset=utf-8');
  return text;
}
