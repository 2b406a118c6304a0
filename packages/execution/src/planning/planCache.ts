import { createDocumentCache } from '@dossier/graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledPlan, compilePlan } from '../run/compilePlan.js';
import type { Planner } from './planner.js';
import { PlanningError } from './planningError.js';

/** How long a rejection is cached: planning can exceed its deadline only because the machine is busy. */
const REJECTION_TTL_MS = 60_000;

/**
 * Caches plans by canonical operation and `@override` labels. Requests that wait for the same plan share it. An
 * operation that is too complex is rejected from the cache for a minute.
 */
export class PlanCache {
  readonly #planner: Pick<Planner, 'plan'>;
  readonly #plans = createDocumentCache<CompiledPlan>();
  readonly #rejections = new LRUCache<string, PlanningError>({ max: 500, ttl: REJECTION_TTL_MS });
  readonly #pending = new Map<string, Promise<CompiledPlan>>();

  constructor(planner: Pick<Planner, 'plan'>) {
    this.#planner = planner;
  }

  /** The plan of a canonical operation, immediately if it is cached. Throws or rejects with PlanningError. */
  plan(source: string, overrides: readonly string[] = []): CompiledPlan | Promise<CompiledPlan> {
    const key = overrides.length === 0 ? source : `${overrides.join(' ')}\n${source}`;
    const cached = this.#plans.get(key);
    if (cached) return cached;
    const rejection = this.#rejections.get(key);
    if (rejection) throw rejection;
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = this.#plan(key, source, overrides);
      this.#pending.set(key, pending);
    }
    return pending;
  }

  async #plan(key: string, source: string, overrides: readonly string[]): Promise<CompiledPlan> {
    try {
      const plan = compilePlan(await this.#planner.plan(source, overrides));
      this.#plans.set(key, plan);
      return plan;
    } catch (error) {
      if (error instanceof PlanningError && error.failure === 'TOO_COMPLEX') this.#rejections.set(key, error);
      throw error;
    } finally {
      this.#pending.delete(key);
    }
  }
}
