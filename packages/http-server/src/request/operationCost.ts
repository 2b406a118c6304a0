import type { DoneFuncWithErrOrRes, FastifyReply, FastifyRequest } from 'fastify';

/** A request with this header and the value `1` gets the cost of its operation in `extensions.cost`. */
export const COST_HEADER = 'x-dossier-cost';

/** In values of the response (objects and leaves), plus the weights of `@cost`. */
interface OperationCost {
  /** Computed before execution, from the sizes of lists. */
  estimated: number;
  maximum: number;
}

const costs = new WeakMap<FastifyRequest, OperationCost>();

export const isCostRequested = ({ headers }: FastifyRequest): boolean => headers[COST_HEADER] === '1';

/** Sets the cost that `addCost` sends. */
export function recordCost(request: FastifyRequest, cost: OperationCost): void {
  costs.set(request, cost);
}

/**
 * An onSend hook that adds the recorded cost to a GraphQL response. Cached and shared responses do not contain it, because not every
 * client requests it.
 */
export function addCost(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: unknown,
  done: DoneFuncWithErrOrRes,
): void {
  const cost = isCostRequested(request) ? costs.get(request) : undefined;
  if (!cost || typeof payload !== 'string') {
    done(null, payload);
    return;
  }
  const members = payload.slice(0, payload.lastIndexOf('}'));
  done(null, `${members},"extensions":${JSON.stringify({ cost })}}\n`);
}
