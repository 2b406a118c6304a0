import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { checkText } from './checkText.js';
import { countComparisons } from './comparisons.js';
import { type ComputeCost, type CostModel, compileCost } from './cost.js';
import { definitionsOf, readCostDirectives } from './costDirectives.js';
import { introspectionScale, introspectionSizes } from './introspectionCost.js';
import { LimitExceeded, type OperationLimits } from './limits.js';
import { measure } from './measure.js';

/**
 * Rejects operations that exceed the limits: first by text, then by document, then by the cost with each request's
 * variables.
 */
export class OperationGuard {
  readonly #limits: OperationLimits;
  #costModel: () => CostModel;

  /**
   * `schema` is the schema that clients see. Cost directives are read from `supergraphSdl` if it is given, since an API
   * schema does not have them, otherwise from the definitions of `schema`. They are read when a cost is first computed.
   */
  constructor(limits: OperationLimits, schema: GraphQLSchema, supergraphSdl = '') {
    this.#limits = limits;
    let model: CostModel | null = null;
    this.#costModel = () => {
      model ??= costModel(limits, schema, supergraphSdl);
      return model;
    };
  }

  /** Throws LimitExceeded if a text has too many tokens or is unsafe to parse. Checks up to the first syntax error. */
  checkText(source: string): void {
    checkText(source, this.#limits.tokens);
  }

  /** Throws LimitExceeded if a document is too large. If it has several operations, the largest counts. */
  checkDocument(document: DocumentNode): void {
    const measurements = measure(document);
    for (const limit of ['depth', 'aliases', 'rootFields', 'directives', 'selections'] as const) {
      if (measurements[limit] > this.#limits[limit])
        throw new LimitExceeded(limit, measurements[limit], this.#limits[limit]);
    }
    // Last: takes time proportional to the document with fragments expanded, which is limited now.
    if (countComparisons(document, MAX_COMPARISONS) > MAX_COMPARISONS)
      throw new LimitExceeded('comparisons', null, MAX_COMPARISONS);
  }

  /**
   * Compiles the cost of an operation. The returned function throws LimitExceeded if the cost is too high, and
   * InvalidPageSizes.
   */
  costOf(document: DocumentNode, operation: OperationDefinitionNode): ComputeCost {
    const computeCost = compileCost(document, operation, this.#costModel(), this.#limits.page);
    return (variables) => {
      const cost = Math.ceil(computeCost(variables));
      if (cost > this.#limits.cost) throw new LimitExceeded('cost', cost, this.#limits.cost);
      return cost;
    };
  }
}

/** See `countComparisons`. Real operations have a few hundred. */
const MAX_COMPARISONS = 20_000;

function costModel({ cost }: OperationLimits, schema: GraphQLSchema, supergraphSdl: string): CostModel {
  const { weights, sizes } = readCostDirectives(
    supergraphSdl ? parse(supergraphSdl, { noLocation: true }).definitions : definitionsOf(schema),
  );
  const costDirectives = { weights, sizes: new Map([...sizes, ...introspectionSizes(schema)]) };
  return { schema, costDirectives, introspectionScale: introspectionScale(schema, costDirectives, cost) };
}
