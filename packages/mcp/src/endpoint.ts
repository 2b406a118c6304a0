import type { EndpointRequest, OperationEndpoint } from '@dossier/http-server';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { checkRequest } from './checkRequest.js';
import { createMcpServer, type McpOptions } from './server.js';

const PATH = '/mcp';

/** JSON-RPC 2.0, 5.1 "Error object": https://www.jsonrpc.org/specification#error_object */
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INTERNAL_ERROR = -32603;
/** Defined by the server: the HTTP status and `data.code` say what is wrong. */
const SERVER_ERROR = -32000;

/**
 * The MCP endpoint of a server: streamable HTTP without sessions. Each request has its own instance, so that replicas need not know of
 * each other. There are no streams without a request, and a request has one message.
 */
export function mcpEndpoint({ publicUrl, onError }: Omit<McpOptions, 'execute'>): OperationEndpoint {
  const received = new WeakMap<Request, EndpointRequest>();
  const handler = createMcpHandler(
    ({ requestInfo }) => {
      const own = requestInfo && received.get(requestInfo);
      if (!own) throw new Error('A request of the MCP handler has no graph.');
      return createMcpServer({ execute: own.execute, publicUrl, onError, onClientError: own.onError });
    },
    // Nothing that a client could subscribe to ever changes.
    { maxSubscriptions: 0 },
  );
  return {
    path: PATH,
    handle: async (endpointRequest) => {
      const { request, body, onError: onCode } = endpointRequest;
      if (Array.isArray(body)) {
        onCode('BAD_REQUEST');
        return jsonResponse(
          400,
          rpcError(INVALID_REQUEST, 'The body is a list; expected one message, since requests are not batched.', {
            code: 'BAD_REQUEST',
          }),
        );
      }
      const rejected = checkRequest(body);
      if (rejected) {
        onCode(rejected.error.data.code);
        return jsonResponse(200, `${JSON.stringify(rejected)}\n`);
      }
      received.set(request, endpointRequest);
      const response = await handler.fetch(request, { parsedBody: body });
      return response.ok ? response : withCode(response, onCode);
    },
    formatError: (code, message, isParsing) => rpcError(rpcCodeOf(code, isParsing), message, { code }),
    close: () => handler.close(),
  };
}

function rpcCodeOf(code: string, isParsing: boolean): number {
  if (code === 'BAD_REQUEST') return isParsing ? PARSE_ERROR : INVALID_REQUEST;
  return code === 'INTERNAL_SERVER_ERROR' ? INTERNAL_ERROR : SERVER_ERROR;
}

/** An error response of the SDK, which has no code of this server. */
async function withCode(response: Response, onCode: (code: string) => void): Promise<Response> {
  const text = await response.text();
  const message = parseError(text);
  if (!message) return new Response(text, response);
  const code =
    response.status === 406 ? 'NOT_ACCEPTABLE' : response.status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  onCode(code);
  const body = { ...message, error: { ...message.error, data: { code } } };
  return new Response(`${JSON.stringify(body)}\n`, response);
}

/** The JSON-RPC message in a response if it is an error; null if it is something else. */
function parseError(text: string): { error: object } | null {
  try {
    const message: unknown = JSON.parse(text);
    const error = typeof message === 'object' && message !== null && 'error' in message ? message.error : null;
    return typeof error === 'object' && error !== null ? { ...(message as Record<string, unknown>), error } : null;
  } catch {
    return null;
  }
}

const rpcError = (code: number, message: string, data?: { code: string }): string =>
  `${JSON.stringify({ jsonrpc: '2.0', error: { code, message, ...(data && { data }) }, id: null })}\n`;

const jsonResponse = (status: number, body: string) =>
  new Response(body, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
