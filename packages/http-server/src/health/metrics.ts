import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ResponseCache } from '../cache/responseCache.js';
import type { Meter } from './meters.js';

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Maximum number of error codes with their own label; codes of subgraphs are unbounded. */
const MAX_CODES = 50;

/** The metrics of a process, exported at `/metrics`. Label values are from small, fixed sets. */
export class Metrics {
  readonly registry = new Registry();
  readonly #duration = new Histogram({
    name: 'dossier_http_request_duration_seconds',
    help: 'Duration of a request, in seconds.',
    labelNames: ['method', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [this.registry],
  });
  readonly #inFlight = new Gauge({
    name: 'dossier_http_requests_in_flight',
    help: 'Requests in progress.',
    registers: [this.registry],
  });
  readonly #errors = new Counter({
    name: 'dossier_graphql_errors_total',
    help: 'Errors in responses, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly #codes = new Set<string>();

  /** `meters` are exported in addition to the metrics of every process. */
  constructor(service: string, labels: Record<string, string>, meters: readonly Meter[] = []) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry, prefix: 'dossier_' });
    new Gauge({
      name: 'dossier_info',
      help: 'Properties of the process as labels; always 1.',
      labelNames: Object.keys(labels),
      registers: [this.registry],
      collect() {
        this.reset();
        this.set({ ...labels }, 1);
      },
    });
    for (const meter of meters) this.registry.registerMetric(meter);
  }

  start(): void {
    this.#inFlight.inc();
  }

  finish(method: string, status: number, milliseconds: number): void {
    this.#inFlight.dec();
    this.#duration.observe(
      { method: method === 'GET' || method === 'POST' ? method : 'other', status: `${Math.floor(status / 100)}xx` },
      milliseconds / 1000,
    );
  }

  countError(code: string): void {
    if (this.#codes.size < MAX_CODES) this.#codes.add(code);
    this.#errors.inc({ code: this.#codes.has(code) ? code : 'other' });
  }

  /** Exports the metrics of a response cache. */
  observeCache(cache: ResponseCache): void {
    const counter = (name: string, help: string, value: () => number) =>
      new Counter({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.reset();
          this.inc(value());
        },
      });
    counter('dossier_cache_hits', 'Cache hits since the start.', () => cache.hits);
    counter('dossier_cache_misses', 'Cache misses since the start.', () => cache.misses);
    new Gauge({
      name: 'dossier_cache_bytes',
      help: 'Size of the cached responses, in bytes.',
      registers: [this.registry],
      collect() {
        this.set(cache.bytes);
      },
    });
  }
}
