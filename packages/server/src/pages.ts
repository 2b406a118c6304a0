import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** A folder of built pages, served as it lies there. */
export interface StaticPages {
  /** Path that they are served under, e.g. `/reader`; their first page is at this path with a slash. */
  at: string;
  folder: string;
  /** Content security policy of all of them, a line a directive; nothing is allowed that it does not name. */
  csp: Readonly<Record<string, string>>;
}

/** Names of built files hold their digest, so that what lies in `assets/` never changes under its name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'no-cache';

/** Serves pages beside the graph. What is not among them stays a 404 in JSON, as everywhere. */
export async function servePages(app: FastifyInstance, pages: readonly StaticPages[]): Promise<void> {
  for (const { at, folder, csp } of pages) {
    const policy = Object.entries(csp)
      .map(([directive, sources]) => `${directive} ${sources}`.trim())
      .join('; ');
    await app.register(fastifyStatic, {
      root: folder,
      prefix: at,
      redirect: true,
      decorateReply: false,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => {
        reply.header('cache-control', /[/\\]assets[/\\]/.test(path) ? FOR_EVER : ASK_FIRST);
        reply.header('content-security-policy', policy);
        reply.header('x-content-type-options', 'nosniff');
        reply.header('referrer-policy', 'no-referrer');
      },
    });
  }
}
