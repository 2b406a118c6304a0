import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer, type McpOptions } from './server.js';

/** Serves MCP over standard input and output, which must be used for nothing else. Returns a function that ends it. */
export function serveMcpOverStdio(options: McpOptions): { close: () => Promise<void> } {
  return serveStdio(() => createMcpServer(options), { maxSubscriptions: 0, onerror: options.onError });
}
