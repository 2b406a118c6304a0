import { SeededRandom } from '../support/seededRandom.js';
import type { MeasuredGraph, Measures } from './measures.js';
import { Breeder, type Operation, type Path } from './operations.js';
import { vocabularyOf } from './vocabulary.js';

export type Objective = keyof Measures;
export const OBJECTIVES: readonly Objective[] = ['plannedFetches', 'statements', 'rows', 'values', 'bytes'];

/** An operation that was measured. */
export interface Candidate extends Operation {
  paths: Path[];
  cost: number;
  measures: Measures;
  /** Codes of its errors. */
  codes: readonly unknown[];
}

export interface SearchOptions {
  seed: number;
  /** Mutated operations to measure. */
  evaluations: number;
  /** Operations to begin with, beside one for each list of the schema. */
  from: readonly Path[][];
  onMeasured: (candidate: Candidate) => void;
}

/** Operations that are mutated further, for each objective. */
const POPULATION = 12;
/** A parent is the best of so many that are chosen at random. */
const TOURNAMENT = 2;
/** How often an operation that the limits do not admit is made smaller. */
const MAX_SHRINKS = 12;

/**
 * Searches for the admitted operations that need the most, one for each objective: a genetic search. The same seed chooses the
 * same mutations of the same parents.
 */
export async function searchWorst(
  graph: MeasuredGraph,
  { seed, evaluations, from, onMeasured }: SearchOptions,
): Promise<Record<Objective, Candidate>> {
  const choice = new SeededRandom(seed);
  const vocabulary = vocabularyOf([]);
  const breeder = new Breeder(graph.schema, vocabulary, choice);
  const seen = new Set<string>();
  const populations = new Map<Objective, Candidate[]>(OBJECTIVES.map((objective) => [objective, []]));

  /** Measures an operation, made smaller until it is admitted; the data of its response. */
  const evaluate = async (paths: readonly Path[]): Promise<unknown> => {
    let admitted = structuredClone(paths) as Path[];
    let cost: number | null = null;
    for (let shrinks = 0; cost === null && admitted.length > 0 && shrinks < MAX_SHRINKS; shrinks++) {
      cost = graph.costOf(breeder.write(admitted));
      if (cost === null) admitted = breeder.shrink(admitted);
    }
    const operation = breeder.write(admitted);
    const text = JSON.stringify(operation);
    if (cost === null || seen.has(text)) return null;
    seen.add(text);
    const { data, ...measured } = await graph.measure(operation);
    const candidate = { ...operation, paths: admitted, cost, ...measured };
    onMeasured(candidate);
    for (const [objective, population] of populations) {
      // Those that need the same are most often alike.
      if (population.some(({ measures }) => measures[objective] === candidate.measures[objective])) continue;
      population.push(candidate);
      population.sort((one, other) => other.measures[objective] - one.measures[objective]).splice(POPULATION);
    }
    return data;
  };

  const initial = breeder.initial();
  const responses: unknown[] = [];
  for (const path of initial) responses.push(await evaluate([path]));
  for (const paths of from) {
    await evaluate(paths);
    // A larger one is only admitted if there is room, or if a limit has become looser.
    const [larger] = breeder
      .enlarge(paths)
      .flatMap((enlarged) => {
        const cost = graph.costOf(breeder.write(enlarged));
        return cost === null ? [] : [{ enlarged, cost }];
      })
      .sort((one, other) => other.cost - one.cost);
    if (larger) await evaluate(larger.enlarged);
  }
  Object.assign(vocabulary, vocabularyOf(responses));

  for (let evaluation = 0; evaluation < evaluations; evaluation++) {
    const population = populations.get(OBJECTIVES[evaluation % OBJECTIVES.length] as Objective) as Candidate[];
    const parent = population[
      Math.min(...Array.from({ length: TOURNAMENT }, () => choice.below(population.length)))
    ] as Candidate;
    const donors = [...initial, ...population.flatMap(({ paths }) => paths)];
    let { paths } = parent;
    do paths = breeder.mutate(paths, donors);
    while (choice.chance(50));
    await evaluate(paths);
  }
  return Object.fromEntries([...populations].map(([objective, [best]]) => [objective, best])) as Record<
    Objective,
    Candidate
  >;
}
