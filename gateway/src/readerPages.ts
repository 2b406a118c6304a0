import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type StaticPages, securityPolicy } from '@dossier/http-server';

/**
 * The pages of the reader. Their content security policy allows only scripts, styles and requests of this gateway: no inline
 * scripts or styles, no script from a string (trusted types), and no framing.
 */
export const readerPages: StaticPages = {
  at: '/reader',
  hasIndex: true,
  folder: dirname(createRequire(import.meta.url).resolve('@dossier/reader/index.html')),
  headers: {
    'content-security-policy': securityPolicy({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
};
