import type { Operation } from './genome.js';
import type { MeasuredGraph } from './measures.js';

/** What a search looks for more of. */
export interface Objective {
  /** What is counted, as a test names it. */
  counted: string;
  measure: (graph: MeasuredGraph, operation: Operation) => Promise<number>;
}

/** Everything that an operation may take more of than others, in counts and bytes. */
export const OBJECTIVES = {
  validation: { counted: 'reads of the document by validation', measure: async (graph, operation) => graph.validate(operation) },
  canonical: { counted: 'characters of the canonical operation', measure: async (graph, operation) => graph.rewrite(operation)?.length ?? 0 },
  plan: { counted: 'characters of the plan', measure: async (graph, operation) => (await graph.plan(operation)).size },
  plannedFetches: { counted: 'fetches of the plan', measure: async (graph, operation) => (await graph.plan(operation)).fetches },
  statements: { counted: 'SQL statements', measure: async (graph, operation) => (await graph.execute(operation)).statements },
  rows: { counted: 'rows that SQL statements give', measure: async (graph, operation) => (await graph.execute(operation)).rows },
  representations: { counted: 'entities asked of services', measure: async (graph, operation) => (await graph.execute(operation)).representations },
  values: { counted: 'values of the response', measure: async (graph, operation) => (await graph.execute(operation)).values },
  bytes: { counted: 'bytes of the response', measure: async (graph, operation) => (await graph.execute(operation)).bytes },
} satisfies Record<string, Objective>;

export type ObjectiveName = keyof typeof OBJECTIVES;
