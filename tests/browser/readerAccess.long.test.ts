import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { chromium, documents, documentsDir } from '../support/needs.js';
import { violations } from './axe.js';
import { launch } from './chromium.js';
import { type ReducedGraph, startGraphWithout } from './graphWithout.js';
import { DESKTOP, openReader, overflow, PHONE, READER_VIEWS, type Reader, skippedHeadings } from './readerPage.js';

const LOOKS: Record<string, BrowserContextOptions> = {
  'on a phone, dark': PHONE,
  'on a desktop, light': DESKTOP,
};

/** Every view, and those that show one record of a list first. */
const VIEWS = {
  ...READER_VIEWS,
  figure: 'trade?figure=figure:memri-sd-10149/F04',
  provision: 'sanctions?provision=provision:unscr-2397/8',
};

const cases = Object.entries(VIEWS).flatMap(([name, hash]) => Object.keys(LOOKS).map((look) => ({ name, hash, look })));

describe.skipIf(chromium.isMissing)('the accessibility of the reader', chromium.options, () => {
  let graph: TestGraph;
  let reduced: ReducedGraph;
  let browser: Browser;
  /** A page of each look, which all tests of the look use: it loads the reader from its cache. */
  const readers = new Map<string, Reader>();
  beforeAll(async () => {
    [graph, browser, reduced] = await Promise.all([startGraph(), launch(), startGraphWithout('sanctions')]);
    for (const [look, options] of Object.entries(LOOKS))
      readers.set(look, await openReader(browser, graph.url, options));
  });
  afterAll(async () => {
    await browser?.close();
    await reduced?.close();
    await graph?.close();
  });

  it.each(cases)('has no violation and no horizontal scrolling in its $name $look', async ({ hash, look }) => {
    const { page, troubles, open } = readers.get(look) as Reader;

    await open(hash);

    expect(await page.locator('h1').count()).toBe(1);
    expect(await skippedHeadings(page)).toEqual([]);
    expect(await page.locator('.notice-warn, .notice-bad').count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it('has no violation in a view with a missing service', async () => {
    const { page, open } = await openReader(browser, reduced.url, PHONE);

    // What a view shows instead of missing values is in the same components in all of them.
    for (const name of ['overview', 'statement', 'sanctions', 'actor'] as const) {
      await open(READER_VIEWS[name]);
      expect(await overflow(page), name).toBe(0);
      expect(await violations(page), name).toEqual([]);
    }

    await page.context().close();
  });

  it.skipIf(documents.isMissing).each(Object.keys(LOOKS))(
    'has no violation in a text with highlights, %s',
    documents.options,
    async (look) => {
      const mounted = await startGraph({ documentsDir });
      const { page, open } = await openReader(browser, mounted.url, LOOKS[look]);

      for (const hash of [`${READER_VIEWS.document}&statement=statement:memri-sd-10149/S58`, READER_VIEWS.statement]) {
        await open(hash);
        expect(await page.locator('.passage, blockquote').count(), hash).toBeGreaterThan(0);
        expect(await overflow(page), hash).toBe(0);
        expect(await violations(page), hash).toEqual([]);
      }

      await page.context().close();
      await mounted.close();
    },
  );
});
