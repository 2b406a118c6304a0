import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { definitionsOf, readAnnotations } from './annotations.js';
import { countComparisons } from './comparisons.js';
import { type CostOf, costOf, type Priced } from './cost.js';
import { introspectionScale, introspectionSizes } from './introspectionCost.js';
import { LimitExceeded, type OperationLimits } from './limits.js';
import { measure } from './measure.js';
import { checkText } from './text.js';

/** Rejects operations that exceed the limits: their text, their document, and for each request their cost. */
export class OperationGuard {
  readonly #limits: OperationLimits;
  #priced: () => Priced;

  /**
   * Costs are counted by this schema. What lists and fields cost is read from its definitions, or from those of the
   * supergraph that it was made from, since an API schema does not have their directives. They are read when first needed.
   */
  constructor(limits: OperationLimits, schema: GraphQLSchema, supergraphSdl = '') {
    this.#limits = limits;
    let priced: Priced | null = null;
    this.#priced = () => {
      priced ??= pricedBy(limits, schema, supergraphSdl);
      return priced;
    };
  }

  /** Throws LimitExceeded if a text is too long for a parser. Text that is not GraphQL is checked as far as it can be read. */
  checkText(source: string): void {
    checkText(source, this.#limits.tokens);
  }

  /** Throws LimitExceeded if a document is larger than allowed. Of several operations, the largest counts. */
  checkDocument(document: DocumentNode): void {
    const measured = measure(document);
    for (const limit of ['depth', 'aliases', 'rootFields', 'directives', 'selections'] as const) {
      if (measured[limit] > this.#limits[limit]) throw new LimitExceeded(limit, measured[limit], this.#limits[limit]);
    }
    // Only then: this walks the fragments written out.
    if (countComparisons(document, MAX_COMPARISONS) > MAX_COMPARISONS)
      throw new LimitExceeded('comparisons', null, MAX_COMPARISONS);
  }

  /** The cost of an operation by its variables. The result throws LimitExceeded if it is too high, WrongPages for page sizes that are not accepted. */
  costOf(document: DocumentNode, operation: OperationDefinitionNode): CostOf {
    const cost = costOf(document, operation, this.#priced(), this.#limits.page);
    return (variables) => {
      const counted = Math.ceil(cost(variables));
      if (counted > this.#limits.cost) throw new LimitExceeded('cost', counted, this.#limits.cost);
      return counted;
    };
  }
}

/** See `countComparisons`; real operations have a few hundred. */
const MAX_COMPARISONS = 20_000;

function pricedBy({ cost }: OperationLimits, schema: GraphQLSchema, supergraphSdl: string): Priced {
  const { weights, sizes } = readAnnotations(
    supergraphSdl ? parse(supergraphSdl, { noLocation: true }).definitions : definitionsOf(schema),
  );
  const annotations = { weights, sizes: new Map([...sizes, ...introspectionSizes(schema)]) };
  return { schema, annotations, introspectionScale: introspectionScale(schema, annotations, cost) };
}
