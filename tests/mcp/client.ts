import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { CallTool } from './questions.js';

/** The transport of the SDK's client to the MCP endpoint of a gateway. */
export const httpTransport = (url: string) =>
  new StreamableHTTPClientTransport(new URL('mcp', url.replace('localhost', '127.0.0.1')));

/** Connects a client of the SDK, calls back, and disconnects. */
export async function withClient<T>(
  transport: Parameters<Client['connect']>[0],
  use: (client: Client) => Promise<T>,
  options: ConstructorParameters<typeof Client>[1] = {},
): Promise<T> {
  const client = new Client({ name: 'test', version: '1.0.0' }, options);
  await client.connect(transport);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

/** Calls tools of a connected client. Rejects with the text of an error. */
export const toolCaller =
  (client: Client): CallTool =>
  async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    if (result.isError) throw new Error(JSON.stringify(result.content));
    return result.structuredContent;
  };
