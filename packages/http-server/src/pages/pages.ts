import { relative } from 'node:path';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';

/** A folder of static files. */
export interface StaticPages {
  /** URL path, e.g. `/reader`. */
  at: string;
  /** Whether the folder has an `index.html`, served at the path with a slash. */
  hasIndex: boolean;
  folder: string;
  /** Headers of all responses, e.g. a content security policy. */
  headers: Readonly<Record<string, string>>;
  /** Headers of single files that differ, by path in the folder. */
  headersOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Names of files in `assets/` contain a digest, so that their content never changes. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
export const REVALIDATE = 'no-cache';

/** Serves static files. Other paths have the usual 404 in JSON. */
export async function servePages(
  app: FastifyInstance,
  pages: readonly StaticPages[],
  checkHost: onRequestHookHandler,
): Promise<void> {
  for (const { at, hasIndex, folder, headers, headersOf = {} } of pages) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', checkHost);
      await scope.register(import('@fastify/static'), {
        root: folder,
        prefix: at,
        redirect: hasIndex,
        index: hasIndex ? ['index.html'] : false,
        decorateReply: false,
        preCompressed: true,
        cacheControl: false,
        dotfiles: 'ignore',
        setHeaders: (response, path) => {
          response.setHeader('cache-control', /[/\\]assets[/\\]/.test(path) ? IMMUTABLE : REVALIDATE);
          const file = relative(folder, path).replace(/\.(br|gz)$/, '');
          for (const [name, value] of Object.entries({ ...headers, ...headersOf[file] }))
            response.setHeader(name, value);
          // Any file may have a precompressed version.
          response.setHeader('vary', 'accept-encoding');
        },
      });
    });
  }
}

/** A `content-security-policy` header from directives and their sources. */
export const securityPolicy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`.trim())
    .join('; ');
