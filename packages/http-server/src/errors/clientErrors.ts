import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { endGracefully, endGracefullyAfterResponse } from '../connections/closing.js';
import type { RequestLogger } from '../logging/requestLog.js';
import { METHODS } from '../request/methods.js';
import { REQUEST_ID, requestId, requestIdOfPacket } from '../request/requestId.js';
import { catalogue, type ServerCode } from './catalogue.js';
import { type ErrorFormat, errorBody, errorFormatOf } from './errorHandler.js';

interface ParseError extends Error {
  code?: string;
  rawPacket?: unknown;
}

/** Codes for the errors of Node's HTTP parser. */
const NODE_ERRORS: Record<string, ServerCode | undefined> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/**
 * Responds to what never reaches Fastify: invalid HTTP, incomplete requests, CONNECT, `expect`. The responses have a code and a
 * request id, and are logged, like all others.
 */
export class ClientErrorHandler {
  readonly #requests: RequestLogger;
  /** Connections that have received a response and are being closed. */
  readonly #closing = new WeakSet<Duplex>();

  constructor(requests: RequestLogger) {
    this.#requests = requests;
  }

  /** Handles the `clientError` event of a server. */
  readonly handle = (error: ParseError, socket: Socket): void => {
    if (this.#closing.has(socket)) return;
    // No one to respond to, or no request: browsers open connections in advance that they may not use.
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable || socket.bytesRead === 0)
      return void socket.destroy();
    const known = NODE_ERRORS[error.code ?? ''];
    const code = known ?? 'BAD_REQUEST';
    // If its headers have been parsed, the request has an id and will be logged.
    const aborted = this.#requests.abort(socket, code);
    if (aborted?.headersSent) return void socket.destroy();
    const id = aborted?.request.id ?? requestIdOfPacket(error.rawPacket) ?? randomUUID();
    if (!aborted) this.#requests.logUnparsed(id, code, error.code);
    const message = known ? undefined : 'The request is not valid HTTP.';
    this.#end(socket, id, code, message, aborted ? errorFormatOf(aborted.request) : errorBody);
  };

  /** Responds to requests that Node would answer by itself, without a body. */
  listen(server: Server): void {
    server.on('connect', (request: IncomingMessage, socket: Duplex) => {
      const id = requestId(request);
      this.#requests.logUnparsed(id, 'METHOD_NOT_ALLOWED', 'CONNECT');
      socket.on('error', () => {});
      this.#end(socket, id, 'METHOD_NOT_ALLOWED');
      socket.resume();
    });
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      const id = requestId(request);
      this.#requests.logUnparsed(id, 'EXPECTATION_FAILED');
      endGracefullyAfterResponse(request.socket);
      response
        .writeHead(417, { 'content-type': 'application/json; charset=utf-8', [REQUEST_ID]: id, connection: 'close' })
        .end(errorBody('EXPECTATION_FAILED'));
    });
  }

  #end(socket: Duplex, id: string, code: ServerCode, message?: string, format: ErrorFormat = errorBody): void {
    const status = catalogue[code].status ?? 400;
    const body = format(code, message ?? catalogue[code].sentence);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      ...(status === 405 ? [`allow: ${METHODS.join(', ')}`] : []),
      `${REQUEST_ID}: ${id}`,
      'x-content-type-options: nosniff',
      'connection: close',
    ];
    this.#closing.add(socket);
    endGracefully(socket as Socket, `${head.join('\r\n')}\r\n\r\n${body}`);
  }
}
