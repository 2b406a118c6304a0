/** What a client is told of a subgraph that gave no answer. What happened on the way is for the log. */
const SENTENCES = {
  SUBGRAPH_UNAVAILABLE: (service: string) => `The "${service}" subgraph could not be reached.`,
  SUBGRAPH_TIMEOUT: (service: string) => `The "${service}" subgraph took too long to answer.`,
  SUBGRAPH_BAD_ANSWER: (service: string) => `The "${service}" subgraph gave an answer that cannot be used.`,
  SUBGRAPH_REFUSED: (service: string) => `The "${service}" subgraph does not answer this gateway.`,
  SUBGRAPH_BUSY: (service: string) => `The "${service}" subgraph takes no more requests at present.`,
  SUBGRAPH_CIRCUIT_OPEN: (service: string) =>
    `The "${service}" subgraph has failed again and again, and is left alone for a moment.`,
  RESPONSE_TOO_LARGE: () => 'The response would be too large; select fewer fields or ask for smaller pages.',
  GATEWAY_TIMEOUT: (service: string) => `The request took too long; the "${service}" subgraph was not waited for.`,
} as const;

export type FailureCode = keyof typeof SENTENCES;

export const sentenceOf = (code: FailureCode, service: string): string => SENTENCES[code](service);

/** A fetch that brought no answer. The message is for the log. */
export class SubgraphFailure extends Error {
  readonly code: FailureCode;
  /** Whether the subgraph cannot have begun to answer, so that it may be asked once more. */
  readonly mayBeRepeated: boolean;

  constructor(code: FailureCode, reason: string, mayBeRepeated = false) {
    super(reason);
    this.name = 'SubgraphFailure';
    this.code = code;
    this.mayBeRepeated = mayBeRepeated;
  }

  /** Whether it was the gateway that did not wait: that tells nothing of the subgraph. */
  get wasAbandoned(): boolean {
    return this.code === 'GATEWAY_TIMEOUT';
  }

  /** Whether it tells that the subgraph is not well. One that refuses the gateway is. */
  get isBlamed(): boolean {
    return !this.wasAbandoned && this.code !== 'SUBGRAPH_REFUSED' && this.code !== 'RESPONSE_TOO_LARGE';
  }
}

/** Nobody waits for what was fetched any more: nothing failed. */
export class ClientGone extends SubgraphFailure {
  constructor() {
    super('GATEWAY_TIMEOUT', 'nobody waits for the answer any more');
  }
}
