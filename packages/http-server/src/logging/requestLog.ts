import type { Socket } from 'node:net';
import { createDocumentCache, getOwn, isObjectLike, type ObjMap } from '@dossier/graphql';
import { spanOf } from '@dossier/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, type ServerCode } from '../errors/catalogue.js';
import type { Metrics } from '../health/metrics.js';
import { parsedParams } from '../request/params.js';
import { sha256 } from '../request/trustedDocuments.js';
import type { Log } from './log.js';

/** Logged as the status if the client closed the connection before it had the response. */
const CLIENT_CLOSED_REQUEST = 499;

interface CurrentRequest {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Status of a response sent on the socket, because the request did not arrive completely; otherwise null. */
  abortStatus: number | null;
}

/** Which requests are logged. */
export interface RequestLogOptions {
  /** Share of the requests that are logged, from 0 to 1. Requests with errors and slow ones are always logged. */
  sampleRate: number;
  /** Time from which a request is slow, in milliseconds. */
  slowMs: number;
}

const LOG_ALL: RequestLogOptions = { sampleRate: 1, slowMs: 0 };

/** Requests with errors in a response of status 200. */
const withErrors = new WeakSet<FastifyRequest>();

/** Marks a request as one whose response has errors. */
export const markErrors = (request: FastifyRequest): void => void withErrors.add(request);

/**
 * Whether a request belongs to the sample. It depends on its id, which the gateway sends to the services, so that the lines of
 * all processes about a request are logged, or none.
 */
export function isSampled(requestId: string, sampleRate: number): boolean {
  if (sampleRate >= 1) return true;
  // FNV-1a, with its result mixed: the bits of short texts are not evenly distributed.
  let hash = 0x811c9dc5;
  for (let at = 0; at < requestId.length; at++) hash = Math.imul(hash ^ requestId.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 2 ** 32 < sampleRate;
}

/** Logs and measures every request once. Successful probes are not logged: they come every few seconds. */
export class RequestLogger {
  readonly #metrics: Metrics;
  readonly #log: Log;
  readonly #options: RequestLogOptions;
  readonly #current = new WeakMap<Socket, CurrentRequest>();

  constructor(metrics: Metrics, log: Log, options: RequestLogOptions = LOG_ALL) {
    this.#metrics = metrics;
    this.#log = log;
    this.#options = options;
  }

  start(request: FastifyRequest, reply: FastifyReply): void {
    const current: CurrentRequest = { request, reply, abortStatus: null };
    this.#metrics.start();
    this.#current.set(request.raw.socket, current);
    // After the response, or after the connection was lost.
    reply.raw.once('close', () => this.#finish(current));
  }

  /**
   * Marks the current request of a connection as aborted with an error, unless its headers have been sent. Null if there is no
   * current request: the error then concerns another one, whose headers have not been parsed.
   */
  abort(socket: Socket, code: ServerCode): { request: FastifyRequest; headersSent: boolean } | null {
    const current = this.#current.get(socket);
    if (!current || current.reply.raw.destroyed) return null;
    const { writableFinished, headersSent } = current.reply.raw;
    if (writableFinished && current.request.raw.complete) return null;
    if (!headersSent) {
      current.abortStatus = catalogue[code].status;
      this.#metrics.countError(code);
    }
    return { request: current.request, headersSent };
  }

  /** Logs and counts an error before a request could be parsed. */
  logUnparsed(requestId: string, code: ServerCode, reason?: string): void {
    const { status } = catalogue[code];
    this.#metrics.start();
    this.#metrics.finish('', status ?? 400, 0);
    this.#metrics.countError(code);
    this.#log.info({ requestId, method: null, status, milliseconds: 0, reason }, 'request');
  }

  #finish({ request, reply, abortStatus }: CurrentRequest): void {
    const { elapsedTime } = reply;
    const status = abortStatus ?? (reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST);
    this.#metrics.finish(request.method, status, elapsedTime);
    if (!this.#log.isLevelEnabled('info') || (status === 200 && isProbe(request.url))) return;
    const { sampleRate, slowMs } = this.#options;
    const isNotable = status >= 400 || elapsedTime >= slowMs || withErrors.has(request);
    if (!isNotable && !isSampled(request.id, sampleRate)) return;
    this.#log.info(
      {
        requestId: request.id,
        method: request.method,
        status,
        milliseconds: Math.round(elapsedTime * 10) / 10,
        ...describeOperation(request),
        ...traceOf(request),
      },
      'request',
    );
  }
}

const isProbe = (url: string): boolean => /^\/(health|healthz|readyz|metrics)(\?|$)/.test(url);

/** The trace id of a request; nothing if it is not traced. */
function traceOf(request: FastifyRequest): { traceId?: string } {
  const span = spanOf(request);
  return span ? { traceId: span.traceId } : {};
}

const MAX_NAME = 100;
const DIGEST_LENGTH = 16;
const NAMED_OPERATION = /^\s*(?:query|mutation|subscription)\s+(\w+)/;

/** Clients send the same few documents repeatedly. */
const hashes = createDocumentCache<string>({ maxEntries: 1000, maxCharacters: 4 * 1024 * 1024 });

/** The operation of a request: its name, and the start of the SHA-256 of its document. Values of the client are never logged. */
function describeOperation(request: FastifyRequest): { operation?: string; digest?: string } {
  const params = parsedParams(request);
  if (!params) return {};
  const { operationName, query, documentId, extensions } = params;
  const name = operationName ?? (query === null ? undefined : NAMED_OPERATION.exec(query)?.[1]);
  const hash = query === null ? persistedHash(documentId, extensions) : hashOf(query);
  return {
    ...(name && { operation: name.slice(0, MAX_NAME) }),
    ...(hash && { digest: hash.slice(0, DIGEST_LENGTH) }),
  };
}

function hashOf(source: string): string {
  const cached = hashes.get(source);
  if (cached !== undefined) return cached;
  const hash = sha256(source);
  hashes.set(source, hash);
  return hash;
}

function persistedHash(documentId: string | null, { persistedQuery }: ObjMap): string | undefined {
  const hash =
    documentId?.replace(/^sha256:/, '') ??
    (isObjectLike(persistedQuery) ? getOwn(persistedQuery, 'sha256Hash') : undefined);
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? hash : undefined;
}
