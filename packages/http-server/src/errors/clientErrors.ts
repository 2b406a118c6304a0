import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { endLingering, lingerAtEnd } from '../connections/lingering.js';
import type { RequestNotes } from '../logging/requestLog.js';
import { REQUEST_ID, requestId, sentRequestId } from '../request/requestId.js';
import { catalogue, type ServerCode } from './catalogue.js';
import { faultBody } from './httpError.js';

interface ParseError extends Error {
  code?: string;
  rawPacket?: unknown;
}

const FAULTS: Record<string, [code: ServerCode, message?: string] | undefined> = {
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT'],
};

/** Answers what never becomes a request: no HTTP, breaking off, CONNECT. In JSON with a code and an id, and a line in the log, as everything else. */
export class BrokenRequests {
  readonly #notes: RequestNotes;
  /** Connections that have their answer, and are about to be closed. */
  readonly #lingering = new WeakSet<Duplex>();

  constructor(notes: RequestNotes) {
    this.#notes = notes;
  }

  /** What a server calls where it cannot read on. */
  readonly answer = (error: ParseError, socket: Socket): void => {
    if (this.#lingering.has(socket)) return;
    // Nobody is there, or has asked for anything: browsers open connections that they may not use.
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable || socket.bytesRead === 0)
      return void socket.destroy();
    const [code, message] = FAULTS[error.code ?? ''] ?? ['BAD_REQUEST', 'The request could not be read as HTTP.'];
    // Where its headers were read already, the request has its line and its id.
    const begun = this.#notes.breakOff(socket, code);
    if (begun?.isAnswered) return void socket.destroy();
    const id = begun?.id ?? sentRequestId(error.rawPacket) ?? randomUUID();
    if (!begun) this.#notes.noteBroken(id, code, error.code);
    this.#end(socket, id, code, message);
  };

  /** Answers what Node would answer by itself, without a body. */
  watch(server: Server): void {
    server.on('connect', (request: IncomingMessage, socket: Duplex) => {
      const id = requestId(request);
      this.#notes.noteBroken(id, 'METHOD_NOT_ALLOWED', 'CONNECT');
      socket.on('error', () => {});
      this.#end(socket, id, 'METHOD_NOT_ALLOWED');
      socket.resume();
    });
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      const id = requestId(request);
      this.#notes.noteBroken(id, 'EXPECTATION_FAILED');
      lingerAtEnd(request.socket);
      response
        .writeHead(417, { 'content-type': 'application/json; charset=utf-8', [REQUEST_ID]: id, connection: 'close' })
        .end(faultBody('EXPECTATION_FAILED'));
    });
  }

  #end(socket: Duplex, id: string, code: ServerCode, message?: string): void {
    const status = catalogue[code].status ?? 400;
    const body = faultBody(code, message);
    const allow = status === 405 ? 'allow: GET, HEAD, POST, OPTIONS\r\n' : '';
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    this.#lingering.add(socket);
    endLingering(
      socket as Socket,
      `${head}${allow}${REQUEST_ID}: ${id}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n${body}`,
    );
  }
}
