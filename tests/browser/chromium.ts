import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../support/needs.js';

// Containers have no user namespace for Chromium's sandbox; only our own pages are opened.
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });

/** Errors on the console of a page, failed scripts, and violations of the content security policy, as they occur. */
export async function watchTroubles(page: Page): Promise<string[]> {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`CSP: ${violatedDirective} ${blockedURI}`),
    ),
  );
  return troubles;
}

export interface Seen {
  page: Page;
  /** Errors on the console, failed scripts, and violations of the content security policy. */
  troubles: string[];
  /** URLs requested from hosts other than the gateway. */
  elsewhere: string[];
}

/** A page in a browser that can reach only the gateway. `answers` replaces other hosts, by URL prefix. */
export async function openPage(browser: Browser, url: string, answers: Record<string, string> = {}): Promise<Seen> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen: Seen = { page, troubles: await watchTroubles(page), elsewhere: [] };
  await context.route('**/*', async (route) => {
    const requested = route.request().url();
    if (requested.startsWith(url) || requested.startsWith('data:') || requested.startsWith('blob:'))
      return route.continue();
    seen.elsewhere.push(requested);
    const answer = Object.entries(answers).find(([host]) => requested.startsWith(host));
    return answer ? route.fulfill({ contentType: 'text/html', body: answer[1] }) : route.abort('internetdisconnected');
  });
  return seen;
}
