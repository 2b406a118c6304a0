import type { Socket } from 'node:net';
import { spanOf } from '@dossier/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, type ServerCode } from '../errors/catalogue.js';
import type { Metrics } from '../health/metrics.js';
import type { Log } from './log.js';
import { operationOf } from './operationOf.js';

/** Stands in the log where the client went away before it had its answer. */
const CLIENT_GONE = 499;

interface Begun {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Where it was answered past its reply, since it did not arrive whole. */
  brokenOff: number | null;
}

/** One line and one measurement a request, whatever becomes of it. Probes that are answered well have no line: they come every few seconds. */
export class RequestNotes {
  readonly #metrics: Metrics;
  readonly #log: Log;
  readonly #current = new WeakMap<Socket, Begun>();

  constructor(metrics: Metrics, log: Log) {
    this.#metrics = metrics;
    this.#log = log;
  }

  begin(request: FastifyRequest, reply: FastifyReply): void {
    const begun: Begun = { request, reply, brokenOff: null };
    this.#metrics.begin();
    this.#current.set(request.raw.socket, begun);
    // When it is answered, or the connection is gone.
    reply.raw.once('close', () => this.#note(begun));
  }

  /** The request that is under way on a connection, if there is one, now broken off. */
  breakOff(socket: Socket, code: ServerCode): { id: string; isAnswered: boolean } | null {
    const begun = this.#current.get(socket);
    if (!begun || begun.reply.raw.destroyed) return null;
    const { writableFinished, headersSent } = begun.reply.raw;
    // Whole, and answered: what is broken is another request.
    if (writableFinished && begun.request.raw.complete) return null;
    const isAnswered = headersSent;
    if (!isAnswered) {
      begun.brokenOff = catalogue[code].status;
      this.#metrics.error(code);
    }
    return { id: begun.request.id, isAnswered };
  }

  /** Notes what never became a request. */
  noteBroken(requestId: string, code: ServerCode, reason?: string): void {
    const { status } = catalogue[code];
    this.#metrics.begin();
    this.#metrics.end('', status ?? 400, 0);
    this.#metrics.error(code);
    this.#log.info({ requestId, method: null, status, milliseconds: 0, reason }, 'request');
  }

  #note({ request, reply, brokenOff }: Begun): void {
    const { elapsedTime } = reply;
    const status = brokenOff ?? (reply.raw.writableFinished ? reply.statusCode : CLIENT_GONE);
    this.#metrics.end(request.method, status, elapsedTime);
    if (!this.#log.isLevelEnabled('info') || (status === 200 && isProbe(request.url))) return;
    this.#log.info(
      {
        requestId: request.id,
        method: request.method,
        status,
        milliseconds: Math.round(elapsedTime * 10) / 10,
        ...operationOf(request),
        ...traceOf(request),
      },
      'request',
    );
  }
}

const isProbe = (url: string): boolean => /^\/(health|healthz|readyz|metrics)(\?|$)/.test(url);

/** The trace that it is part of, where it is traced. */
function traceOf(request: FastifyRequest): { traceId?: string } {
  const span = spanOf(request);
  return span ? { traceId: span.traceId } : {};
}
