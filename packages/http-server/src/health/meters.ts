import { Counter, Gauge, Histogram, type Metric } from 'prom-client';

/** A metric that is exported at `/metrics` of the server it is passed to. */
export type Meter = Metric;

const BUCKETS_SECONDS = [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** A histogram of durations in seconds, mostly well below a second. Label values must be from a small, fixed set. */
export const durationMeter = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Histogram<Label> => new Histogram({ name, help, labelNames, buckets: BUCKETS_SECONDS, registers: [] });

/** A counter. Label values must be from a small set. */
export const counterMeter = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> => new Counter({ name, help, labelNames, registers: [] });

/** A gauge whose values are read when the metrics are collected. */
export const gaugeMeter = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  read: () => { labels: Record<Label, string>; value: number }[],
): Gauge<Label> =>
  new Gauge({
    name,
    help,
    labelNames,
    registers: [],
    collect() {
      this.reset();
      for (const { labels, value } of read()) this.set(labels, value);
    },
  });

/** Counts reloads of replaced files. */
export interface Reloads {
  meter: Meter;
  /** `what` is the name of a store, or `supergraph`. Without an outcome, its counters are initialized with 0. */
  observe: (what: string, outcome?: 'taken' | 'refused') => void;
}

export function reloadMeter(): Reloads {
  const meter = new Counter({
    name: 'dossier_reload_total',
    help: 'Replaced files (stores, the supergraph) that were loaded while the process ran, by file and outcome: taken, or refused (the previous one stays in use).',
    labelNames: ['what', 'outcome'],
    registers: [],
  });
  return {
    meter,
    observe: (what, outcome) => {
      if (outcome) meter.inc({ what, outcome });
      else for (const initial of ['taken', 'refused']) meter.inc({ what, outcome: initial }, 0);
    },
  };
}
