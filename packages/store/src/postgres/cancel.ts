import pg from 'pg';

/** What `pg` knows of a connection and does not declare. */
interface ClientInternals {
  processID: number | null;
  secretKey: number | null;
  ssl: boolean | object;
  connection: { stream: { destroy: () => void } };
}

interface ConnectionInternals {
  connect: (port: number | string, host?: string) => void;
  requestSsl: () => void;
  cancel: (processId: number, secretKey: number) => void;
  on: (event: string, listener: () => void) => void;
  stream: { destroy: () => void };
}

const TIMEOUT_MS = 3_000;

/**
 * Requests the cancellation of what a connection is running, over a connection of its own. The server does not say whether it did, and
 * may cancel a query after it. Resolves when the server has got the request, or cannot be reached.
 * https://www.postgresql.org/docs/15/protocol-flow.html#id-1.10.6.7.10
 */
export function requestCancel(client: pg.Client): Promise<void> {
  const { processID, secretKey, ssl } = client as unknown as ClientInternals;
  if (processID === null || secretKey === null) return Promise.resolve();
  const connection = new pg.Connection({ ssl } as pg.ConnectionConfig) as unknown as ConnectionInternals;
  const timer = setTimeout(() => connection.stream.destroy(), TIMEOUT_MS).unref();
  connection.on('error', () => connection.stream.destroy());
  const send = () => connection.cancel(processID, secretKey);
  connection.on('connect', ssl ? () => connection.requestSsl() : send);
  connection.on('sslconnect', send);
  const { host, port } = client;
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
  // The server closes the connection.
  return new Promise((resolve) => {
    connection.on('end', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Closes a connection at once: `end` would wait for the server. */
export const destroyClient = (client: pg.Client): void =>
  (client as unknown as ClientInternals).connection.stream.destroy();
