/** Messages for clients, by code. The cause of a failure is only logged. */
const MESSAGES = {
  SUBGRAPH_UNAVAILABLE: (service: string) => `The "${service}" subgraph could not be reached.`,
  SUBGRAPH_TIMEOUT: (service: string) => `The "${service}" subgraph took too long to respond.`,
  SUBGRAPH_BAD_ANSWER: (service: string) => `The "${service}" subgraph returned an invalid response.`,
  SUBGRAPH_REFUSED: (service: string) => `The "${service}" subgraph rejected the gateway's request.`,
  SUBGRAPH_BUSY: (service: string) => `The "${service}" subgraph is busy.`,
  SUBGRAPH_REVISION_MISMATCH: (service: string) => `The data of the "${service}" subgraph changed during this request.`,
  SUBGRAPH_CIRCUIT_OPEN: (service: string) =>
    `The "${service}" subgraph has failed repeatedly and is not called for a moment.`,
  RESPONSE_TOO_LARGE: () => 'The response would be too large; select fewer fields or request smaller pages.',
  GATEWAY_TIMEOUT: (service: string) =>
    `The request took too long; the gateway stopped waiting for the "${service}" subgraph.`,
} as const;

export type FailureCode = keyof typeof MESSAGES;

/** Failures that do not mean that the subgraph is broken. */
const NOT_COUNTED: ReadonlySet<FailureCode> = new Set([
  'SUBGRAPH_REFUSED',
  'SUBGRAPH_REVISION_MISMATCH',
  'RESPONSE_TOO_LARGE',
]);

/** The message of a failed fetch for clients. */
export const failureMessage = (code: FailureCode, service: string): string => MESSAGES[code](service);

/** A fetch without a usable response. The error's message is for the log. */
export class SubgraphFailure extends Error {
  readonly code: FailureCode;
  /** Whether a query can be retried: the connection or a proxy failed before the subgraph responded. */
  readonly isRetryable: boolean;

  constructor(code: FailureCode, reason: string, isRetryable = false) {
    super(reason);
    this.name = 'SubgraphFailure';
    this.code = code;
    this.isRetryable = isRetryable;
  }

  /** Whether the gateway stopped waiting because of the whole request, which says nothing about the subgraph. */
  get isGatewayTimeout(): boolean {
    return this.code === 'GATEWAY_TIMEOUT';
  }

  /** Whether the circuit breaker counts it as a failure of the subgraph. */
  get countsAsFailure(): boolean {
    return !this.isGatewayTimeout && !NOT_COUNTED.has(this.code);
  }
}

/** A fetch that was cancelled because the client disconnected. Nothing failed. */
export class ClientDisconnected extends SubgraphFailure {
  constructor() {
    super('GATEWAY_TIMEOUT', 'the client disconnected');
  }
}
