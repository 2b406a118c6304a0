import { type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql';
import { definitionsOf, readAnnotations } from './annotations.js';
import { type CostOf, costOf, type Priced } from './cost.js';
import type { Variables } from './count.js';
import { keptByText } from './keptByText.js';
import { LimitExceeded, type OperationLimits } from './limits.js';
import { measure } from './measure.js';
import { checkText } from './text.js';

/** By operation; the one of a document that has no other also under ''. */
type Costs = ReadonlyMap<string, CostOf>;

/** Refuses operations that are larger than allowed. A document is counted when it is first seen, its cost for each request. */
export class OperationGuard {
  readonly #limits: OperationLimits;
  readonly #passed = keptByText<Costs>();
  #priced: (() => Priced) | null = null;

  constructor(limits: OperationLimits) {
    this.#limits = limits;
  }

  /**
   * Counts against this schema from now on. What lists and fields cost stands in its definitions, or in those of the graph
   * that it was made from: what clients see of a composed graph does not tell. They are read when first needed.
   */
  use(schema: GraphQLSchema, supergraphSdl = ''): void {
    let priced: Priced | null = null;
    this.#priced = () => {
      priced ??= { schema, annotations: readAnnotations(supergraphSdl ? parse(supergraphSdl, { noLocation: true }).definitions : definitionsOf(schema)) };
      return priced;
    };
    this.#passed.clear();
  }

  /** What the operation may cost. Throws LimitExceeded where that is too much, WrongPage where a page of it is. A text that is not GraphQL, and an operation that is not there, pass: they cost nothing. */
  check(source: string, operationName: string | null, variables: Variables): number {
    const costs = this.#passed.get(source) ?? this.#count(source);
    const cost = costs?.get(operationName ?? '')?.(variables) ?? 0;
    if (cost > this.#limits.cost) throw new LimitExceeded('cost', cost, this.#limits.cost);
    return cost;
  }

  #count(source: string): Costs | null {
    checkText(source, this.#limits.tokens);
    const document = parsed(source);
    if (!document || !this.#priced) return null;
    const measured = measure(document);
    for (const limit of ['depth', 'aliases', 'rootFields', 'directives', 'selections'] as const) {
      if (measured[limit] > this.#limits[limit]) throw new LimitExceeded(limit, measured[limit], this.#limits[limit]);
    }
    const costs = costsOf(document, this.#priced(), this.#limits.page);
    this.#passed.set(source, costs);
    return costs;
  }
}

function parsed(source: string): DocumentNode | null {
  try {
    return parse(source, { noLocation: true });
  } catch {
    return null;
  }
}

function costsOf(document: DocumentNode, priced: Priced, largestPage: number): Costs {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const costs = new Map(operations.map((operation) => [operation.name?.value ?? '', costOf(document, operation, priced, largestPage)]));
  const [only] = costs.values();
  return operations.length === 1 && only ? costs.set('', only) : costs;
}
