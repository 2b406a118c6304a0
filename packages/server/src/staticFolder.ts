import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The page at `/`, and the folder of what it loads. */
export interface LandingPage {
  html: string;
  /** Headers of the page and of what it loads, its content security policy among them. */
  headers: Readonly<Record<string, string>>;
  /** Path that the folder is served under, e.g. `/explorer`. */
  at: string;
  /** With an `icon.svg` in it. */
  folder: string;
}

/** Names of built files hold their digest, so that what lies in `assets/` never changes under its name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'no-cache';

/** Serves a page at `/`, and leads there whoever opens `/graphql` in a browser. What is not in its folder stays a 404 in JSON. */
export async function serveLandingPage(app: FastifyInstance, { html, headers, at, folder }: LandingPage): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'GET' && request.url === '/graphql' && request.headers.accept?.includes('text/html')) reply.redirect('/');
    else done();
  });
  app.get('/', (_request, reply) => reply.headers({ ...headers, 'cache-control': ASK_FIRST, 'content-type': 'text/html; charset=utf-8' }).send(html));
  app.get('/favicon.ico', (_request, reply) => reply.redirect(`${at}/icon.svg`));
  await app.register(fastifyStatic, {
    root: folder,
    prefix: `${at}/`,
    index: false,
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', /[/\\]assets[/\\]/.test(path) ? FOR_EVER : ASK_FIRST);
      for (const [name, value] of Object.entries(headers)) reply.setHeader(name, value);
    },
  });
}
