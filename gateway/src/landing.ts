import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type LandingPage, securityPolicy } from '@dossier/http-server';

/** What is at `/`: Apollo Sandbox with the local explorer where it cannot be reached, the local explorer alone, or no page. */
export const LANDINGS = ['sandbox', 'explorer', 'none'] as const;
export type Landing = (typeof LANDINGS)[number];

/** The one host beside the gateway itself that the page may speak to, and only where Sandbox is wanted. */
const SANDBOX_HOST = 'https://sandbox.embed.apollographql.com';

/**
 * What the page may do. Its scripts and workers are files of this gateway; no script stands in the page and no text
 * becomes one. Styles are the exception: the editor writes its own (syntax colours, sizes) into the page.
 */
const policy = (elsewhere: string): string =>
  securityPolicy({
    'default-src': "'none'",
    'script-src': "'self'",
    'worker-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    // The editor's own stylesheet holds its fonts.
    'font-src': "'self' data:",
    'img-src': "'self' data:",
    'connect-src': `'self' ${elsewhere}`,
    'frame-src': elsewhere || "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });

/** The page at `/` as the setting wants it; undefined for none. */
export function landingPage(landing: Landing): LandingPage | undefined {
  if (landing === 'none') return undefined;
  const file = createRequire(import.meta.url).resolve('@dossier/explorer/index.html');
  const usesSandbox = landing === 'sandbox';
  return {
    html: readFileSync(file, 'utf8').replace('data-landing="sandbox"', `data-landing="${landing}"`),
    at: '/explorer',
    folder: dirname(file),
    headers: {
      'content-security-policy': policy(usesSandbox ? SANDBOX_HOST : ''),
      // Sandbox's code listens to messages of any window, so no other window may hold this one.
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': usesSandbox ? 'strict-origin-when-cross-origin' : 'no-referrer',
    },
  };
}
