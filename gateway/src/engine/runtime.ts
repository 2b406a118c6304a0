import type { GraphQLDataSource } from '@apollo/gateway';
import type { Meter, ServerOptions } from '@dossier/http-server';

/** Which engine executes query plans: Dossier's own, or that of @apollo/gateway. */
export type Execution = 'own' | 'stock';

/** Limits of planning one operation. */
export interface PlanningLimits {
  /** Milliseconds. */
  maxPlanMs: number;
  /** Maximum number of paths through the subgraphs to one field that the planner considers. */
  maxPaths: number;
}

/**
 * Maximum number of plans that are compared for one operation. An actor is one of five types in four subgraphs, so an operation
 * over actors may have thousands of plans of equal cost; the first hundred have the same fetches.
 */
export const MAX_EVALUATED_PLANS = 100;

export type CreateSource = (name: string, url: string) => GraphQLDataSource;

/** An engine that executes a supergraph. */
export interface Runtime {
  execution: ServerOptions['execution'];
  meters: Meter[];
  /** Switches to another supergraph. */
  replaceSupergraph: (sdl: string) => void | Promise<void>;
  /** Frees the resources of the supergraph in use. */
  close: () => Promise<void>;
}
