import { buildSchema } from 'graphql';
import { pino } from 'pino';
import type { EngineAnswer, Variables } from './request/engine.js';
import type { RequestContext } from './request/requestContext.js';
import { type RunningServer, type ServerOptions, startServer } from './server.js';

export interface TestServer extends RunningServer {
  /** The address without a name to look up. */
  base: string;
  /** What it logged of requests. */
  requests: () => Record<string, unknown>[];
  post: (body: object | string, headers?: Record<string, string>, signal?: AbortSignal) => Promise<Response>;
}

/** Executes the one operation of a test. */
export type Runnable = (variables: Variables, context: RequestContext) => EngineAnswer | Promise<EngineAnswer>;

/** A server of castles on a free port, over an engine of the test's own. */
export async function startTestServer(runnable: Runnable, options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const lines: Record<string, unknown>[] = [];
  const running = await startServer({
    port: 0,
    host: '127.0.0.1',
    runs: {
      engine: {
        schema: buildSchema('type Query { castle(of: String): String }'),
        prepare: () => ({
          planFor: (variables) => ({ sources: [], execute: (context) => runnable(variables, context) }),
        }),
      },
    },
    service: 'castles',
    facts: {},
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

export const soon = (milliseconds = 50): Promise<void> => new Promise((later) => setTimeout(later, milliseconds));
