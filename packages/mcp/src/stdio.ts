import type { Transport } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { checkRequest } from './checkRequest.js';
import { createMcpServer, type McpOptions } from './server.js';

/** Serves MCP over standard input and output, which must be used for nothing else. Returns a function that ends it. */
export function serveMcpOverStdio(options: McpOptions): { close: () => Promise<void> } {
  return serveStdio(() => createMcpServer(options), {
    transport: withChecks(new StdioServerTransport(), options.onError),
    maxSubscriptions: 0,
    onerror: options.onError,
  });
}

/** The same transport, but requests without the parameters of their method are answered here. */
function withChecks(wire: Transport, onError: (error: Error) => void): Transport {
  const checked: Transport = {
    start: async () => {
      wire.onclose = () => checked.onclose?.();
      wire.onerror = (error) => checked.onerror?.(error);
      wire.onmessage = (message, extra) => {
        const rejected = checkRequest(message);
        if (rejected) wire.send(rejected).catch(onError);
        else checked.onmessage?.(message, extra);
      };
      await wire.start();
    },
    send: (message, sendOptions) => wire.send(message, sendOptions),
    close: () => wire.close(),
  };
  return checked;
}
