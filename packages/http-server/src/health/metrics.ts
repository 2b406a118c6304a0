import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ResponseCache } from '../cache/responseCache.js';
import type { Meter } from './meters.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Codes of errors counted by name; a subgraph may make up others. */
const CODES_COUNTED = 50;

/** What a process tells of itself at `/metrics`. Labels are of small, fixed sets. */
export class Metrics {
  readonly registry = new Registry();
  readonly #duration = new Histogram({
    name: 'dossier_http_request_duration_seconds',
    help: 'Time to answer a request, in seconds.',
    labelNames: ['method', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #inFlight = new Gauge({
    name: 'dossier_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers: [this.registry],
  });
  readonly #errors = new Counter({
    name: 'dossier_graphql_errors_total',
    help: 'Errors in answers, by their code.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly #codes = new Set<string>();

  /** `meters` are told beside the process's own. */
  constructor(service: string, labels: Record<string, string>, meters: readonly Meter[] = []) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry, prefix: 'dossier_' });
    new Gauge({
      name: 'dossier_info',
      help: 'What this process is; always 1.',
      labelNames: Object.keys(labels),
      registers: [this.registry],
      collect() {
        this.reset();
        this.set({ ...labels }, 1);
      },
    });
    for (const meter of meters) this.registry.registerMetric(meter);
  }

  begin(): void {
    this.#inFlight.inc();
  }

  end(method: string, status: number, milliseconds: number): void {
    this.#inFlight.dec();
    this.#duration.observe(
      { method: method === 'GET' || method === 'POST' ? method : 'other', status: `${Math.floor(status / 100)}xx` },
      milliseconds / 1000,
    );
  }

  error(code: string): void {
    if (this.#codes.size < CODES_COUNTED) this.#codes.add(code);
    this.#errors.inc({ code: this.#codes.has(code) ? code : 'other' });
  }

  /** Tells of the answers that are kept, as they are when somebody asks. */
  watch(cache: ResponseCache): void {
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(value());
        },
      });
    gauge('dossier_cache_hits', 'Requests answered with an answer that was kept, since the start.', () => cache.hits);
    gauge('dossier_cache_misses', 'Requests for which no answer was kept, since the start.', () => cache.misses);
    gauge('dossier_cache_bytes', 'Size of the answers that are kept, in bytes.', () => cache.bytes);
  }
}
