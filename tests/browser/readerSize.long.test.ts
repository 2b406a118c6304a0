/// <reference lib="dom" />

import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { startEmbedded } from '@dossier/gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { measureView, recordsOf, viewsOf } from '../bench/readerViews.mjs';
import { readerStores } from '../bench/stores.mjs';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { openReader } from './readerPage.js';

/** Large enough that a view which loads a complete list exceeds every limit; the soak run has more of everything. */
const SIZE = process.env['SOAK'] ? 10_000 : 1500;

/** The limits of each view. The bytes are those of a first visit: page, scripts, styles and data, and of these the files. */
const MAX = { requests: 14, nodes: 5000, kilobytes: 150, ofFiles: 80 };

/** The number of the last document, after the long one: others have 50 statements each. */
const LAST = (SIZE - Math.min(1500, SIZE / 2)) / 50;

/** Pages of a list are loaded one after the other. */
const SOON = { timeout: 15_000 };

describe.skipIf(chromium.isMissing)(`the reader with ${SIZE} statements`, chromium.options, () => {
  const running = graphInBrowser(async () => {
    const { dataDir } = await readerStores(SIZE);
    return startEmbedded({
      port: 0,
      host: '127.0.0.1',
      corsOrigins: [],
      dataDir,
      seedsDir: null,
      documentsDir: null,
      ...limitOptions(readConfig(gatewayLimits, {})),
      rateLimit: null,
    });
  });
  let views: ReturnType<typeof viewsOf>;
  beforeAll(async () => {
    views = viewsOf(await recordsOf(running.graph.url));
  });

  it('opens every view with few requests, elements and bytes', async () => {
    const measured = [];
    for (const [name, address] of Object.entries(views)) {
      const { requests, nodes, bytes, fileBytes } = await measureView(running.browser, running.graph.url, address);
      measured.push({ name, requests, nodes, kilobytes: bytes / 1024, ofFiles: fileBytes / 1024 });
    }

    const exceeding = measured.filter((view) =>
      Object.entries(MAX).some(([name, max]) => view[name as keyof typeof MAX] > max),
    );
    expect(exceeding, JSON.stringify(exceeding)).toEqual([]);
    expect(measured.length).toBeGreaterThan(23);
  });

  it('shows statements of two documents side by side, each with its document', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open(views.comparison);

    const sides = page.locator('.side');
    const titles = await sides.locator('.eyebrow').allTextContents();
    const tops = await sides.evaluateAll((all) => all.map((side) => side.getBoundingClientRect().top));

    expect(titles).toEqual([
      expect.stringContaining('Bench document 0:'),
      expect.stringContaining(`Bench document ${LAST}`),
    ]);
    expect(tops[0]).toBe(tops[1]);
    expect(troubles).toEqual([]);
  });

  it('shows a statement that is on a later page of the list, in the list and in full', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(views['later statement']);

    const chosen = page.locator('.pick[aria-current=true]');
    await chosen.waitFor();

    const id = await chosen.locator('.claim-id').textContent();
    expect(await page.locator('.statement .eyebrow').textContent()).toContain(id);
    expect(await page.locator('.pick').count()).toBe(41);
  });

  it('shows a document in parts, and in each the claims of its paragraphs', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(views.document);
    const first = await page.locator('[data-statement]').first().getAttribute('data-statement');

    await page.locator('.part-links a').last().click();
    await expect.poll(() => page.locator('[data-statement]').first().getAttribute('data-statement')).not.toBe(first);
    await expect.poll(() => page.locator('.claim .claim-text').count(), SOON).toBeGreaterThan(50);
    await open(`${views.document}&statement=${(first ?? '').replace(/\d+$/, '0000499')}`);

    await expect.poll(() => page.locator('.claim.is-on').count(), SOON).toBe(1);
  });

  it.each([
    ['body', '#offices + .plain-list > li', 'section[aria-labelledby=offices]', Math.min(SIZE / 25, 300)],
    ['actor', '.listings > li', 'section[aria-labelledby=listings]', 60],
    ['instrument', '.plain-list > li[data-id]', 'article', 200],
    ['tensions of a document', '.conflict', 'section[aria-labelledby=tensions]', 120],
    ['tensions of a document', '.cautions > li', 'section[aria-labelledby=cautions]', 120],
  ])('shows a long list of the view %s in portions, to its end: %s', async (view, items, list, total) => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(views[view as keyof typeof views] ?? '');
    const more = page.locator(list).getByRole('button', { name: 'Show more' });

    const first = await page.locator(items).count();
    for (let clicks = 0; clicks < 20 && (await more.count()) > 0; clicks++) {
      const before = await page.locator(items).count();
      await more.first().click();
      await expect.poll(() => page.locator(items).count()).toBeGreaterThan(before);
    }

    expect(first).toBeLessThanOrEqual(40);
    expect(await page.locator(items).count()).toBe(total);
  });

  it('lists the paragraphs of one part in the outline, with links to the other parts', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(views.document);
    await page.locator('.outline summary').click();
    const others = page.locator('.outline').getByRole('link', { name: /^Paragraphs \d+ to \d+$/ });
    await page.locator('.outline .pilcrow').first().waitFor();
    const [paragraphs, parts] = [await page.locator('.outline .pilcrow').count(), await others.count()];

    await others.last().click();
    await expect.poll(() => page.locator('.outline .pilcrow').first().textContent()).not.toBe('¶ 1');

    expect([paragraphs > 0, paragraphs <= 80, parts > 3]).toEqual([true, true, true]);
    expect(await others.first().textContent()).toMatch(/^Paragraphs 1 to/);
  });

  it('returns to the place in a long list, with its focus, after going back and after a reload', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said');
    const picks = page.locator('.picks a');
    for (const shown of [80, 120]) {
      await page.getByRole('button', { name: 'Show more' }).click();
      await expect.poll(() => picks.count(), SOON).toBe(shown);
    }
    const chosen = (await picks.nth(100).getAttribute('href')) ?? '';
    await picks.nth(100).click();
    await page.locator('.statement h2').waitFor();
    const place = () =>
      page.evaluate(() => ({ y: Math.round(scrollY), href: document.activeElement?.getAttribute('href') }));

    await page.locator('.brand').click();
    await page.locator('.home h1').waitFor();
    await page.goBack();
    await expect.poll(() => picks.count(), SOON).toBe(120);
    await page.goBack();
    await expect.poll(async () => (await place()).href, SOON).toBe(chosen);
    const returned = await place();
    await page.reload();
    await expect.poll(() => picks.count(), SOON).toBe(120);
    await expect.poll(place, SOON).toEqual(returned);

    expect(returned.y).toBeGreaterThan(1000);
  });
});
