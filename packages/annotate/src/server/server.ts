import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { ChangeRequest, DocumentAnswer, PreviewAnswer, RecordValue } from '../api.js';
import { Access, createSecret } from './access.js';
import { AnnotateError, ERROR_STATUS } from './errors.js';
import { isRecord } from './records.js';
import { type Selection, Session } from './session.js';
import type { Workspace } from './workspace.js';

/** Serves the document as the graph will: built from its current files, in a store of its own. */
export interface Preview {
  /** Builds the store, from a document without problems. Rejects with a PreviewError if the records cannot be built. */
  build: () => Promise<void>;
  /** Executes a request of GraphQL over HTTP, and returns the response as JSON. */
  execute: (params: unknown) => Promise<unknown>;
  close: () => Promise<void>;
}

/** Why a preview cannot be built; each message is for the person who annotates. */
export class PreviewError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export interface AnnotateOptions extends Workspace {
  /** 0 for any free port. */
  port: number;
  preview?: Preview;
  /** Called with each unexpected error. */
  onError?: (error: unknown) => void;
}

export interface RunningAnnotate {
  /** The address to open, with the token. */
  url: string;
  close: () => Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;
/** The build of the page. */
const PAGE = join(import.meta.dirname, '..', 'page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

// The page has no other script or style, and no other page may frame it.
const SECURITY = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Starts the server of the annotation page, on the loopback interface only. */
export async function startAnnotate({
  port,
  preview,
  onError,
  ...workspace
}: AnnotateOptions): Promise<RunningAnnotate> {
  const session = new Session(workspace);
  const token = createSecret();
  const access = new Access(token, () => (server.address() as AddressInfo).port);
  const server: Server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      // A client that is still sending a body would not read the response.
      request.resume();
      respondWithError(response, error, onError);
    });
  });
  const routes = routesOf(session, preview);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    access.assertSameOrigin(request);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { method = 'GET' } = request;
    if (pathname === '/api/session' && method === 'POST') {
      const { token: given } = asObject(await readJson(request));
      response.setHeader('set-cookie', access.cookieFor(given));
      respond(response, 200, { signedIn: true });
      return;
    }
    const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
    if (route) {
      access.assertSession(request);
      if (method !== route.method)
        throw new AnnotateError('METHOD_NOT_ALLOWED', `${method} is not allowed here; expected ${route.method}.`);
      const body = method === 'POST' ? await readJson(request) : {};
      respond(response, 200, await route.run(asObject(body)));
      return;
    }
    if (method !== 'GET' && method !== 'HEAD')
      throw new AnnotateError('METHOD_NOT_ALLOWED', `${method} is not allowed here; expected GET.`);
    servePage(pathname, response);
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}/#token=${token}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await preview?.close();
    },
  };
}

interface Route {
  method: 'GET' | 'POST';
  run: (body: Record<string, unknown>) => unknown;
}

function routesOf(session: Session, preview: Preview | undefined): Record<string, Route> {
  const get = (run: Route['run']): Route => ({ method: 'GET', run });
  const post = (run: Route['run']): Route => ({ method: 'POST', run });
  const ready = (): Preview => {
    if (!preview) throw new AnnotateError('NOT_FOUND', 'This server has no preview.');
    return preview;
  };
  return {
    '/api/document': get((): DocumentAnswer => ({ ...session.document(), hasPreview: preview !== undefined })),
    '/api/choices': get(() => session.choices()),
    '/api/state': post(({ tag }) => {
      const state = session.state();
      return state.tag === tag ? { tag } : state;
    }),
    '/api/cite': post((body) => session.cite(selectionOf(body))),
    '/api/draft': post(({ section, alias, selection }) =>
      typeof alias === 'string'
        ? session.draftAlias(alias, selectionOf(selection))
        : session.draft(String(section), selection ? selectionOf(selection) : null),
    ),
    '/api/check': post(({ section, index, record }) =>
      session.check(String(section), typeof index === 'number' ? index : null, recordOf(record)),
    ),
    '/api/changes': post(({ change, base }) => session.change(changeOf(change, base))),
    '/api/undo': post(() => session.undo()),
    '/api/redo': post(() => session.redo()),
    '/api/preview': post(() => buildPreview(session, ready())),
    '/graphql': post((body) => ready().execute(body)),
  };
}

async function buildPreview(session: Session, preview: Preview): Promise<PreviewAnswer> {
  const start = performance.now();
  const { problems } = session.state();
  if (problems.length > 0)
    return {
      took: Math.round(performance.now() - start),
      problems: problems.map(({ place, message }) => `${place}: ${message}`),
    };
  try {
    await preview.build();
  } catch (error) {
    if (!(error instanceof PreviewError)) throw error;
    return { took: Math.round(performance.now() - start), problems: error.problems };
  }
  return { took: Math.round(performance.now() - start), problems: [] };
}

// ── Bodies ───────────────────────────────────────────────────────────────────────────────────────────────────────

function asObject(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new AnnotateError('BAD_REQUEST', 'The body is not a JSON object.');
  return value;
}

function selectionOf(value: unknown): Selection {
  const { start, end, words } = asObject(value);
  if (typeof start !== 'number' || typeof end !== 'number' || typeof words !== 'string')
    throw new AnnotateError('BAD_REQUEST', 'The selection is incomplete; expected start, end and words.');
  return { start, end, words };
}

function recordOf(value: unknown): RecordValue {
  if (!isRecord(value)) throw new AnnotateError('BAD_REQUEST', 'The record is not a JSON object.');
  return value;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function changeOf(value: unknown, base: unknown): ChangeRequest {
  const change = asObject(value);
  const { kind, section, index, record, ids, as, create, party, form, statement, hedge, passage } = change;
  const isNumbered = Number.isSafeInteger(index) && (index as number) >= 0;
  const valid: Record<string, boolean> = {
    insert: typeof section === 'string' && isRecord(record),
    replace: typeof section === 'string' && isNumbered && isRecord(record),
    remove: typeof section === 'string' && isNumbered,
    mention: typeof party === 'string' && typeof form === 'string' && isPassage(passage),
    hedge: typeof statement === 'string' && typeof hedge === 'string' && isPassage(passage),
    accept: isTexts(ids) && (as === undefined || isTexts(as)),
    reject: isTexts(ids),
    propose: true,
  };
  const isValid = typeof kind === 'string' && Object.hasOwn(valid, kind) && valid[kind] === true;
  if (!isValid || (create !== undefined && typeof create !== 'string'))
    throw new AnnotateError('BAD_REQUEST', 'The change is incomplete, or its kind is unknown.');
  return { change: change as unknown as ChangeRequest['change'], base: asObject(base) as ChangeRequest['base'] };
}

const isPassage = (value: unknown): boolean =>
  isRecord(value) &&
  Array.isArray(value['at']) &&
  value['at'].length === 2 &&
  value['at'].every((position) => Number.isSafeInteger(position) && (position as number) >= 0) &&
  typeof value['digest'] === 'string';

async function readJson(request: IncomingMessage): Promise<unknown> {
  // A form of another site cannot send this type without a preflight request.
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new AnnotateError('NOT_JSON', 'The body has the wrong type; expected application/json.');
  const tooLarge = new AnnotateError('TOO_LARGE', `The body is too large; expected at most ${MAX_BODY_BYTES} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) as unknown;
  } catch {
    throw new AnnotateError('BAD_REQUEST', 'The body is not JSON in UTF-8.');
  }
}

// ── Responses ────────────────────────────────────────────────────────────────────────────────────────────────────

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...SECURITY, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function respondWithError(
  response: ServerResponse,
  error: unknown,
  onError: ((error: unknown) => void) | undefined,
): void {
  if (!(error instanceof AnnotateError)) onError?.(error);
  const { code, message } =
    error instanceof AnnotateError
      ? error
      : new AnnotateError('INTERNAL', 'The server failed; its terminal has the details.');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of a body that was not read.
  response.setHeader('connection', 'close');
  respond(response, ERROR_STATUS[code], { error: { code, message } });
}

/** A file of the page's build. Names are looked up, not joined, so no path leads out of the build. */
function servePage(pathname: string, response: ServerResponse): void {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = TYPES[extname(name)];
  if (!type || !/^(?:index\.html|assets\/[\w.-]+)$/.test(name) || name.includes('..'))
    throw new AnnotateError('NOT_FOUND', 'There is no resource at this path.');
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(PAGE, name));
  } catch {
    throw new AnnotateError('NOT_FOUND', 'There is no resource at this path.');
  }
  response.writeHead(200, { ...SECURITY, 'content-type': type });
  response.end(bytes);
}
