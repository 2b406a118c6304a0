import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml, securityPolicy } from '../pages/html.js';
import { addVary } from '../request/contentNegotiation.js';
import { GRAPHQL_PATH } from '../request/methods.js';

/** A page that this server has, where somebody who reached no page can go on. */
export interface WayOut {
  /** Its path, without the slash at the beginning. */
  path: string;
  title: string;
}

const STYLE =
  ':root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}a{margin-inline-end:1rem}';

const HEADERS = {
  'content-security-policy': securityPolicy({
    'default-src': "'none'",
    'style-src': `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  }),
  'referrer-policy': 'no-referrer',
};

/** Whether a browser opens a page, which shows its user what is answered. GraphQL clients read errors in JSON. */
const isNavigation = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  url.split('?')[0] !== GRAPHQL_PATH &&
  headers.accept?.includes('text/html') === true;

/** Links from a URL that work behind any prefix: relative to the depth of its path. */
const hrefTo = ({ url }: FastifyRequest, path: string): string =>
  `${'../'.repeat((url.split('?')[0] ?? '').split('/').length - 2)}${path}` || './';

/** Prepares a page that says what is wrong, with ways out; null if the client expects no page, or no page could be named. */
export function errorPage(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: string,
  ways: readonly WayOut[],
): string | null {
  if (ways.length === 0 || !isNavigation(request)) return null;
  addVary(reply, ['accept']);
  void reply.headers(HEADERS);
  const title = STATUS_CODES[status] ?? 'Error';
  const links = ways.map(({ path, title: name }) => `<a href="${hrefTo(request, path)}">${name}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escapeHtml(message)}</p>
<p>${links.join('\n')}</p>
</main>
</body>
</html>
`;
}
