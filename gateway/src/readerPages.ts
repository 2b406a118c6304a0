import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type StaticPages, securityPolicy } from '@dossier/http-server';

/** Only scripts, styles and requests of this gateway: no inline scripts or styles, and no script from a string (trusted types). */
const policy = (frameAncestors: string): string =>
  securityPolicy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    // A chart is drawn from a blob of the page itself when it is saved as a bitmap.
    'img-src': "'self' blob:",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': frameAncestors,
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  });

/**
 * The pages of the reader. No other site may show them in a frame, except `embed.html`: a chart or a claim, with links that open in a window
 * of their own, and nothing that a deceived click could change.
 */
export const readerPages: StaticPages = {
  at: '/reader',
  hasIndex: true,
  folder: dirname(createRequire(import.meta.url).resolve('@dossier/reader/index.html')),
  headers: {
    'content-security-policy': policy("'none'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
  headersOf: { 'embed.html': { 'content-security-policy': policy('*') } },
};
