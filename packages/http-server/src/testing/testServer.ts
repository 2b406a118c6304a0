import { buildSchema } from 'graphql';
import { pino } from 'pino';
import type { EngineResult, Variables } from '../request/engine.js';
import type { RequestContext } from '../request/requestContext.js';
import { type RunningServer, type ServerOptions, startServer } from '../server.js';

export interface TestServer extends RunningServer {
  /** URL with the IP address, so that no name must be resolved. */
  base: string;
  /** The log entries of requests. */
  requests: () => Record<string, unknown>[];
  post: (body: object | string, headers?: Record<string, string>, signal?: AbortSignal) => Promise<Response>;
}

/** Executes the operation of a test. */
export type Execute = (variables: Variables, context: RequestContext) => EngineResult | Promise<EngineResult>;

/** Starts a server on a free port, with an engine that calls `run` for every operation. */
export async function startTestServer(run: Execute, options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const lines: Record<string, unknown>[] = [];
  const running = await startServer({
    port: 0,
    host: '127.0.0.1',
    execution: {
      engine: {
        schema: buildSchema('type Query { castle(of: String): String }'),
        prepare: () => ({
          planFor: (variables) => ({ sources: [], execute: (context) => run(variables, context) }),
        }),
      },
    },
    service: 'castles',
    info: {},
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }),
    ...options,
  });
  const base = running.url.replace('localhost', '127.0.0.1');
  return {
    ...running,
    base,
    requests: () => lines.filter(({ msg }) => msg === 'request'),
    post: (body, headers = {}, signal) =>
      fetch(`${base}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal && { signal }),
      }),
  };
}

export const wait = (milliseconds = 50): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
