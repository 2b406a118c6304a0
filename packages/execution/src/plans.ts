import type { QueryPlan } from '@apollo/query-planner';
import { createDocumentCache } from '@dossier/graphql';
import { LRUCache } from 'lru-cache';
import type { Planner } from './planning/planner.js';
import { PlanningError } from './planning/planningError.js';
import { stepsOf } from './run.js';
import type { Run } from './runState.js';
import { servicesOf } from './services.js';

/** A plan, compiled. */
export interface PlannedSteps {
  /** Subgraphs that it may call. */
  services: readonly string[];
  /** Whether no subgraph resolves any of its fields. */
  isEmpty: boolean;
  run: (run: Run) => Promise<void> | undefined;
}

/** How long a rejection is remembered: on a busy machine, an operation may be late that is not the next time. */
const REJECTED_MS = 60_000;

/** Plans by canonical operation and the labels of `@override` that apply: each is planned once, however many requests wait for it, and rejected once. */
export class PlanCache {
  readonly #planner: Pick<Planner, 'plan'>;
  readonly #plans = createDocumentCache<PlannedSteps>();
  readonly #rejected = new LRUCache<string, PlanningError>({ max: 500, ttl: REJECTED_MS });
  readonly #planning = new Map<string, Promise<PlannedSteps>>();

  constructor(planner: Pick<Planner, 'plan'>) {
    this.#planner = planner;
  }

  /** The plan of a canonical operation. Throws or rejects with PlanningError. */
  plan(source: string, overrides: readonly string[] = []): PlannedSteps | Promise<PlannedSteps> {
    const key = overrides.length === 0 ? source : `${overrides.join(' ')}\n${source}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const rejected = this.#rejected.get(key);
    if (rejected) throw rejected;
    let planning = this.#planning.get(key);
    if (!planning) {
      planning = this.#start(key, source, overrides);
      this.#planning.set(key, planning);
    }
    return planning;
  }

  async #start(key: string, source: string, overrides: readonly string[]): Promise<PlannedSteps> {
    try {
      const steps = compile(await this.#planner.plan(source, overrides));
      this.#plans.set(key, steps);
      return steps;
    } catch (error) {
      if (error instanceof PlanningError && error.failure === 'TOO_COMPLEX') this.#rejected.set(key, error);
      throw error;
    } finally {
      this.#planning.delete(key);
    }
  }
}

function compile(plan: QueryPlan): PlannedSteps {
  const run = plan.node && plan.node.kind !== 'Subscription' ? stepsOf(plan.node) : async () => {};
  return { services: servicesOf(plan), isEmpty: !plan.node, run };
}
