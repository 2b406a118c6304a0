import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type LandingPage, securityPolicy } from '@dossier/http-server';

/** The page at `/`: Apollo Sandbox with the local explorer as a fallback, only the local explorer, or none. */
export const LANDINGS = ['sandbox', 'explorer', 'none'] as const;
export type Landing = (typeof LANDINGS)[number];

/** The only host besides the gateway that the page may connect to, if Sandbox is enabled. */
const SANDBOX_HOST = 'https://sandbox.embed.apollographql.com';

/**
 * The content security policy of the page. Scripts and workers must be files of the gateway; inline scripts and `eval` are
 * forbidden. Inline styles are allowed, since the editor creates them (syntax colours, sizes).
 */
const policy = (sandboxHost: string): string =>
  securityPolicy({
    'default-src': "'none'",
    'script-src': "'self'",
    'worker-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    // The editor's stylesheet contains its fonts.
    'font-src': "'self' data:",
    'img-src': "'self' data:",
    'connect-src': `'self' ${sandboxHost}`,
    'frame-src': sandboxHost || "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });

/** The page at `/`; undefined for none. */
export function landingPage(landing: Landing): LandingPage | undefined {
  if (landing === 'none') return undefined;
  const file = createRequire(import.meta.url).resolve('@dossier/explorer/index.html');
  const usesSandbox = landing === 'sandbox';
  return {
    html: readFileSync(file, 'utf8').replace('data-landing="sandbox"', `data-landing="${landing}"`),
    title: 'Query the graph',
    at: '/explorer',
    folder: dirname(file),
    headers: {
      'content-security-policy': policy(usesSandbox ? SANDBOX_HOST : ''),
      // Sandbox accepts messages from any window, so no other window may get a reference to this one.
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': usesSandbox ? 'strict-origin-when-cross-origin' : 'no-referrer',
    },
  };
}
