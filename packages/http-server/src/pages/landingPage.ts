import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { ASK_FIRST, type StaticPages, servePages } from './pages.js';

/** The page at `/`. Its folder, with an `icon.svg`, holds what it loads. */
export interface LandingPage extends Omit<StaticPages, 'hasIndex'> {
  html: string;
}

/** Serves a page at `/`, and leads there whoever opens `/graphql` in a browser. */
export async function serveLandingPage(
  app: FastifyInstance,
  { html, ...pages }: LandingPage,
  checkHost: onRequestHookHandler,
): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'GET' && request.url === '/graphql' && request.headers.accept?.includes('text/html'))
      reply.redirect('/');
    else done();
  });
  app.get('/', { onRequest: checkHost, exposeHeadRoute: true }, (_request, reply) =>
    reply
      .headers({ ...pages.headers, 'cache-control': ASK_FIRST, 'content-type': 'text/html; charset=utf-8' })
      .send(html),
  );
  app.get('/favicon.ico', { exposeHeadRoute: true }, (_request, reply) => reply.redirect(`${pages.at}/icon.svg`));
  await servePages(app, [{ ...pages, hasIndex: false }], checkHost);
}
