import { Counter } from 'prom-client';
import type { Meter } from './meters.js';

/** What became of files that were put in place while the process ran. */
export interface Reloads {
  meter: Meter;
  /** `what` is the name of a store, or `supergraph`; without an outcome it is only made known, as none so far. */
  count: (what: string, outcome?: 'taken' | 'refused') => void;
}

export function reloadMeter(): Reloads {
  const meter = new Counter({
    name: 'dossier_reload_total',
    help: 'Files put in place while the process ran, by what they are (a store, the supergraph): taken up, or refused, while the last good one keeps serving.',
    labelNames: ['what', 'outcome'],
    registers: [],
  });
  return {
    meter,
    count: (what, outcome) => {
      if (outcome) meter.inc({ what, outcome });
      else for (const none of ['taken', 'refused']) meter.inc({ what, outcome: none }, 0);
    },
  };
}
