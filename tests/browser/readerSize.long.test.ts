import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { type RunningGateway, startEmbedded } from '@dossier/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureView, recordsOf, viewsOf } from '../bench/readerViews.mjs';
import { benchStores } from '../bench/stores.mjs';
import { chromium } from '../support/needs.js';
import { launch } from './chromium.js';
import { openReader } from './readerPage.js';

/** Large enough that a view which loads a complete list exceeds every limit; the soak run has more of everything. */
const SIZE = process.env['SOAK'] ? 10_000 : 1500;

/** The limits of each view. The bytes are those of a first visit: page, scripts, styles and data. */
const MAX = { requests: 14, nodes: 5000, kilobytes: 150 };

describe.skipIf(chromium.isMissing)(`the reader with ${SIZE} statements`, chromium.options, () => {
  let running: RunningGateway;
  let browser: Browser;
  let views: ReturnType<typeof viewsOf>;
  beforeAll(async () => {
    const { dataDir } = await benchStores(SIZE);
    [running, browser] = await Promise.all([
      startEmbedded({
        port: 0,
        host: '127.0.0.1',
        corsOrigins: [],
        dataDir,
        seedsDir: null,
        documentsDir: null,
        ...limitOptions(readConfig(gatewayLimits, {})),
        rateLimit: null,
      }),
      launch(),
    ]);
    views = viewsOf(await recordsOf(running.url));
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  it('opens every view with few requests, elements and bytes', async () => {
    const measured = [];
    for (const [name, address] of Object.entries(views)) {
      const { requests, nodes, bytes } = await measureView(browser, running.url, address);
      measured.push({ name, requests, nodes, kilobytes: bytes / 1024 });
    }

    const exceeding = measured.filter(
      ({ requests, nodes, kilobytes }) => requests > MAX.requests || nodes > MAX.nodes || kilobytes > MAX.kilobytes,
    );
    expect(exceeding, JSON.stringify(exceeding)).toEqual([]);
    expect(measured.length).toBeGreaterThan(18);
  });

  it('shows statements of two documents side by side, each with its document', async () => {
    const { page, troubles, open } = await openReader(browser, running.url);
    await open(views.comparison);

    const sides = page.locator('.side');
    const titles = await sides.locator('.eyebrow').allTextContents();
    const tops = await sides.evaluateAll((all) => all.map((side) => side.getBoundingClientRect().top));

    expect(titles).toEqual([expect.stringContaining('Bench document 0'), expect.stringContaining('Bench document 2')]);
    expect(tops[0]).toBe(tops[1]);
    expect(troubles).toEqual([]);
  });

  it('shows a statement that is on a later page of the list, in the list and in full', async () => {
    const { page, open } = await openReader(browser, running.url);
    await open(views['later statement']);

    const chosen = page.locator('.pick[aria-current=true]');
    await chosen.waitFor();

    const id = await chosen.locator('.claim-id').textContent();
    expect(await page.locator('.statement .eyebrow').textContent()).toContain(id);
    expect(await page.locator('.pick').count()).toBe(41);
  });

  it('shows a document in parts, and in each the claims of its paragraphs', async () => {
    const { page, open } = await openReader(browser, running.url);
    await open(views.document);
    const first = await page.locator('[data-statement]').first().getAttribute('data-statement');

    await page.locator('.part-links a').last().click();
    await expect.poll(() => page.locator('[data-statement]').first().getAttribute('data-statement')).not.toBe(first);
    const count = await page.locator('.claim .claim-text').count();
    await open(`${views.document}&statement=${(first ?? '').replace(/\d+$/, '0000499')}`);

    expect(count).toBeGreaterThan(50);
    expect(await page.locator('.claim.is-on').count()).toBe(1);
  });
});
