import type { OperationEndpoint } from '@dossier/http-server';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { checkRequest } from './checkRequest.js';
import type { ExecuteOperation } from './execute.js';
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
  const executes = new WeakMap<Request, ExecuteOperation>();
  const handler = createMcpHandler(
    ({ requestInfo }) => {
      const execute = requestInfo && executes.get(requestInfo);
      if (!execute) throw new Error('A request of the MCP handler has no graph.');
      return createMcpServer({ execute, publicUrl, onError });
    },
    // Nothing that a client could subscribe to ever changes.
    { maxSubscriptions: 0 },
  );
  return {
    path: PATH,
    handle: async ({ request, body, execute }) => {
      if (Array.isArray(body))
        return jsonResponse(
          400,
          rpcError(INVALID_REQUEST, 'The body is a list; expected one message, since requests are not batched.'),
        );
      const rejected = checkRequest(body);
      if (rejected) return jsonResponse(200, `${JSON.stringify(rejected)}\n`);
      executes.set(request, execute);
      return handler.fetch(request, { parsedBody: body });
    },
    formatError: (code, message, isParsing) => rpcError(rpcCodeOf(code, isParsing), message, { code }),
    close: () => handler.close(),
  };
}

function rpcCodeOf(code: string, isParsing: boolean): number {
  if (code === 'BAD_REQUEST') return isParsing ? PARSE_ERROR : INVALID_REQUEST;
  return code === 'INTERNAL_SERVER_ERROR' ? INTERNAL_ERROR : SERVER_ERROR;
}

const rpcError = (code: number, message: string, data?: { code: string }): string =>
  `${JSON.stringify({ jsonrpc: '2.0', error: { code, message, ...(data && { data }) }, id: null })}\n`;

const jsonResponse = (status: number, body: string) =>
  new Response(body, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
