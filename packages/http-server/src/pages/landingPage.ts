import type { FastifyInstance } from 'fastify';
import { GRAPHQL_PATH } from '../request/methods.js';
import { type PagesEnvironment, REVALIDATE, type StaticPages, servePages } from './pages.js';

/** The page at `/`. Its folder has the files that it loads and an `icon.svg`. */
export interface LandingPage extends Omit<StaticPages, 'page'> {
  html: string;
}

/** Serves a page at `/`, and redirects browsers from `/graphql` to it, with the operation in the URL. Nothing is executed. */
export async function serveLandingPage(
  app: FastifyInstance,
  { html, ...pages }: LandingPage,
  environment: PagesEnvironment,
): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    const [path, ...search] = request.url.split('?');
    if (request.method !== 'GET' || path !== GRAPHQL_PATH || !request.headers.accept?.includes('text/html'))
      return done();
    void reply
      .headers({ 'cache-control': 'no-store', vary: 'accept' })
      .redirect(`/${search.length > 0 ? `?${search.join('?')}` : ''}`);
  });
  app.get('/', { onRequest: environment.checkHost, exposeHeadRoute: true }, (_request, reply) =>
    reply
      .headers({ ...pages.headers, 'cache-control': REVALIDATE, 'content-type': 'text/html; charset=utf-8' })
      .send(html),
  );
  app.get('/favicon.ico', { exposeHeadRoute: true }, (_request, reply) => reply.redirect(`${pages.at}/icon.svg`));
  await servePages(app, [pages], environment);
}
