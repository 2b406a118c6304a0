import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What a proxy does with connections: forwards them, closes them at once, or accepts them and stays silent. */
type Mode = 'forward' | 'refuse' | 'silent';

export interface PostgresProxy {
  /** The URL of the database through the proxy, for a role. */
  urlOf: (role: string) => string;
  mode: Mode;
  /** Called with each SQL text of the simple query protocol before it is forwarded; true closes the connection instead. */
  onQuery: ((sql: string) => boolean) | null;
  /** Called with each request to cancel a query, and a function that forwards it; by default, it is forwarded at once. */
  onCancel: ((forward: () => void) => void) | null;
  /** Number of connections so far. */
  connections: number;
  close: () => Promise<void>;
}

/** A proxy in front of the Unix socket of a server, to make it fail. */
export async function startPostgresProxy(socket: string): Promise<PostgresProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    proxy.connections++;
    open.add(client);
    client.on('error', () => {});
    client.once('close', () => open.delete(client));
    if (proxy.mode === 'refuse') {
      client.destroy();
      return;
    }
    const upstream = connect(socket);
    upstream.on('error', () => client.destroy());
    const queries = queryReader();
    // A silent server accepts what the system buffers for it, and sends nothing.
    client.on('data', (chunk) => {
      if (proxy.mode === 'silent') return;
      if (proxy.onCancel && isCancelRequest(chunk)) proxy.onCancel(() => upstream.write(chunk));
      else if (queries(chunk).some((sql) => proxy.onQuery?.(sql) === true)) {
        client.destroy();
        upstream.destroy();
      } else upstream.write(chunk);
    });
    upstream.on('data', (chunk) => proxy.mode !== 'silent' && client.write(chunk));
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: PostgresProxy = {
    urlOf: (role) => `postgres://${role}@127.0.0.1:${port}/dossier`,
    mode: 'forward',
    onQuery: null,
    onCancel: null,
    connections: 0,
    close: async () => {
      server.close();
      for (const client of open) client.destroy();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** https://www.postgresql.org/docs/15/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const isCancelRequest = (chunk: Buffer): boolean => chunk.length === 16 && chunk.readInt32BE(4) === 80_877_102;

/**
 * Returns a function that takes the bytes of a client and returns the SQL texts in them.
 * https://www.postgresql.org/docs/15/protocol-message-formats.html
 */
function queryReader(): (chunk: Buffer) => string[] {
  let buffer = Buffer.alloc(0);
  let isStarted = false;
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    const found: string[] = [];
    // The first message has no type.
    for (let header = isStarted ? 1 : 0; buffer.length >= header + 4; header = 1) {
      const end = header + buffer.readInt32BE(header);
      if (buffer.length < end) break;
      // Query, and Parse, whose text follows the name of the statement.
      const type = isStarted ? String.fromCharCode(buffer[0] as number) : '';
      const body = buffer.subarray(header + 4, end).toString();
      if (type === 'Q') found.push(body.split('\0')[0] ?? '');
      if (type === 'P') found.push(body.split('\0')[1] ?? '');
      buffer = buffer.subarray(end);
      isStarted = true;
    }
    return found;
  };
}
