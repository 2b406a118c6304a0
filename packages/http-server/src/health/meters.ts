import { Gauge, Histogram, type Metric } from 'prom-client';

/** Something measured, to be told at `/metrics` of the server that it is given to. */
export type Meter = Metric;

const FAST_SECONDS = [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** How long something takes that mostly takes well under a second. Label values must be of a small, fixed set. */
export const durationMeter = <Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Histogram<Label> => new Histogram({ name, help, labelNames, buckets: FAST_SECONDS, registers: [] });

/** Values as they are when somebody asks, each with its labels. */
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
