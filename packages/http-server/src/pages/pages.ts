import fastifyStatic from '@fastify/static';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';

/** A folder of built pages, served as it lies there. */
export interface StaticPages {
  /** Path that they are served under, e.g. `/reader`. */
  at: string;
  /** Whether their first page is at this path with a slash. */
  hasIndex: boolean;
  folder: string;
  /** Headers of all of them, their content security policy among them. */
  headers: Readonly<Record<string, string>>;
}

/** Names of built files hold their digest, so that what lies in `assets/` never changes under its name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
export const ASK_FIRST = 'no-cache';

/** Serves pages beside the graph. What is not among them stays a 404 in JSON, as everywhere. */
export async function servePages(
  app: FastifyInstance,
  pages: readonly StaticPages[],
  checkHost: onRequestHookHandler,
): Promise<void> {
  for (const { at, hasIndex, folder, headers } of pages) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', checkHost);
      await scope.register(fastifyStatic, {
        root: folder,
        prefix: at,
        redirect: hasIndex,
        index: hasIndex ? ['index.html'] : false,
        decorateReply: false,
        preCompressed: true,
        cacheControl: false,
        dotfiles: 'ignore',
        setHeaders: (response, path) => {
          response.setHeader('cache-control', /[/\\]assets[/\\]/.test(path) ? FOR_EVER : ASK_FIRST);
          for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
          // Of every file there may be compressed ones beside it.
          response.setHeader('vary', 'accept-encoding');
        },
      });
    });
  }
}

/** A `content-security-policy` of directives and their sources: nothing is allowed that it does not name. */
export const securityPolicy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`.trim())
    .join('; ');
