/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { watchTroubles } from './chromium.js';

/** Every view, with an item selected if the view offers a selection. */
export const READER_VIEWS = {
  overview: '',
  document: 'document?document=document:memri-sd-10149',
  statement: 'said?statement=statement:memri-sd-10149/S06',
  said: 'said',
  tensions: 'tensions?document=document:memri-sd-10149',
  tension: 'tensions?tension=tension:memri-sd-10149/T01',
  timeline: 'timeline',
  sanctions: 'sanctions?on=2022-08-19',
  trade: 'trade',
  network: 'network?actor=person:kim-jong-un',
  search: 'search?q=kim',
  actor: 'actor?id=person:kim-jong-un',
  place: 'place?id=place:donbass',
  instrument: 'instrument?id=instrument:unscr-2397',
  documents: 'documents',
};

export const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 760 }, colorScheme: 'dark' };
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };

export interface Reader {
  page: Page;
  /** Errors on the console, failed scripts, and violations of the content security policy. */
  troubles: string[];
  /** Opens an address and waits until all requests have finished. */
  open: (address: string) => Promise<void>;
}

/** The reader of a gateway in a new page. */
export async function openReader(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = DESKTOP,
): Promise<Reader> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const troubles = await watchTroubles(page);
  return {
    page,
    troubles,
    open: async (address) => {
      // From another page, so that nothing of the previous view remains.
      await page.goto('about:blank');
      await page.goto(`${url}reader/${address}`);
      await settled(page);
    },
  };
}

/** Waits until a view is shown and no request is running. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('.loading') === null);

/** Navigates within the reader, as a link does. */
export async function walk(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement('a');
    link.href = to || './';
    document.body.append(link);
    link.click();
    link.remove();
    // After two frames, the previous view has been removed.
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, address);
  await settled(page);
}

/** By how many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Headings that are more than one level below the heading before them, as text. */
export const skippedHeadings = (page: Page): Promise<string[]> =>
  page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => {
    const levels = all.filter((each) => each.getClientRects().length > 0).map((each) => Number(each.tagName[1]));
    return all
      .filter((each) => each.getClientRects().length > 0)
      .filter((_, index) => (levels[index] ?? 0) > (levels[index - 1] ?? 0) + 1)
      .map((each) => each.textContent ?? '');
  });
/** A desktop whose clipboard a test may read. */
export const COPYING: BrowserContextOptions = { ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] };

/** What a citation copies in some format. */
export async function copyCitation(cite: Locator, form: string): Promise<string> {
  if ((await cite.getAttribute('open')) === null) await cite.locator('summary').click();
  await cite.getByRole('button', { name: form, exact: true }).click();
  await cite.locator('[role=status]', { hasText: `${form} copied.` }).waitFor();
  return cite.page().evaluate(() => navigator.clipboard.readText());
}

/** Saves a dataset by its button; null if the page says that nothing is recorded. */
export async function savedDataset(button: Locator): Promise<{ name: string; content: Buffer } | null> {
  const page = button.page();
  const status = button.locator('xpath=..').locator(':scope > [role=status]', { hasText: 'Nothing is recorded' });
  const download = page.waitForEvent('download');
  await button.click();
  const file = await Promise.race([download, status.waitFor().then(() => null)]);
  return file && { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

/** Clicks, and returns the file that is saved. */
export async function savedFile(page: Page, click: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}
