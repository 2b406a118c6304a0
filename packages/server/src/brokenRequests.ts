import type { Socket } from 'node:net';

const FAULTS: Record<string, [status: string, code: string, message: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_TIMEOUT', 'The request took too long to arrive.'],
};

/** Answers what is no HTTP, or breaks off: in JSON with a code, as everything else. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [status, code, message] = FAULTS[error.code ?? ''] ?? ['400 Bad Request', 'BAD_REQUEST', 'The request could not be read as HTTP.'];
  const body = `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;
  socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
