import { Choice } from '../support/choice.js';
import { Breeder, CHANGES, type Change, type Genome, type Operation } from './genome.js';
import type { MeasuredGraph } from './measures.js';
import type { Objective } from './objectives.js';

/** An operation, and how much it takes. */
export interface Found {
  genome: Genome;
  operation: Operation;
  cost: number;
  score: number;
}

interface Kept extends Found {
  /** The score, less for an operation that uses up the limits: one that takes as much and uses less of them has more room to grow. */
  fitness: number;
}

export interface SearchOptions {
  seed: number;
  /** Operations to measure, beside those that it begins with. */
  steps: number;
  /** Operations to begin with, in place of one for each field; those that are not admitted are left out. */
  from?: readonly Genome[];
}

/** Part of its score that an operation loses if it uses up its limits. */
const PENALTY = 0.25;
/** Characters of an operation that uses up the limit on tokens, about. */
const LONGEST = 12_000;
/** Operations that are changed further. */
const KEPT = 40;
/** Of so many of them, chosen by chance, the best is changed. */
const TOURNAMENT = 3;
/** How often something is repeated at first, and half as often each time that the limits do not admit it. */
const TIMES = 64;

/**
 * Searches for the operation that takes the most, of those that the limits admit: a beam of operations, of which one is
 * changed at each step. The same seed and the same graph give the same operation.
 */
export async function search(graph: MeasuredGraph, { measure }: Objective, { seed, steps, from }: SearchOptions): Promise<Found> {
  const choice = new Choice(seed);
  const breeder = new Breeder(graph.schema, graph.vocabulary, choice);
  const seen = new Set<string>();
  let kept: Kept[] = [];
  let best: Found | undefined;

  const consider = async (genome: Genome): Promise<number> => {
    const operation = breeder.write(genome);
    const key = JSON.stringify(operation);
    const cost = seen.has(key) ? null : graph.costOf(operation);
    if (cost === null) return 0;
    seen.add(key);
    const found = { genome, operation, cost, score: await measure(graph, operation) };
    if (!best || found.score > best.score) best = found;
    const usage = Math.max(cost / graph.maxCost, operation.query.length / LONGEST);
    const fitness = found.score * (1 - PENALTY * Math.min(1, usage));
    kept.push({ ...found, fitness });
    kept.sort((one, other) => other.fitness - one.fitness);
    kept = kept.filter((other, index) => other.score !== kept[index - 1]?.score).slice(0, KEPT);
    return fitness;
  };

  /** An operation with a change of a kind, as far as the limits admit it; null if they do not. */
  const changed = (genome: Genome, kind: Change): Genome | null => {
    const others = kept.map((other) => other.genome);
    for (let times = TIMES; times >= 1; times /= 2) {
      const next = breeder.change(genome, kind, others, times);
      const operation = breeder.write(next);
      if (!seen.has(JSON.stringify(operation)) && graph.costOf(operation) !== null) return next;
    }
    return null;
  };

  for (const genome of from ?? breeder.everyField()) await consider(genome);
  const kinds = new Map(CHANGES.map((kind) => [kind, { tried: 0, gained: 0 }]));
  const begun = seen.size;
  for (let failed = 0; seen.size - begun < steps && failed < steps; ) {
    // The best is changed most often, and in the ways that have improved one before.
    const parent = kept[Math.min(...Array.from({ length: TOURNAMENT }, () => choice.below(kept.length)))] as Kept;
    const kind = weighted(choice, kinds);
    const next = changed(parent.genome, kind);
    const record = kinds.get(kind) as Record;
    record.tried++;
    if (next === null) failed++;
    else record.gained += Math.min(1, Math.max(0, (await consider(next)) / (parent.fitness || 1) - 1));
  }
  if (!best) throw new Error('No operation is admitted.');
  return best;
}

/** How often a kind of change was tried, and by what part it improved operations, all in all. */
interface Record {
  tried: number;
  gained: number;
}

function weighted(choice: Choice, kinds: ReadonlyMap<Change, Record>): Change {
  const weights = [...kinds].map(([kind, { tried, gained }]) => [kind, Math.ceil((1000 * (gained + 0.5)) / (tried + 5))] as const);
  let left = choice.below(weights.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [kind, weight] of weights) {
    left -= weight;
    if (left < 0) return kind;
  }
  return CHANGES[0];
}
