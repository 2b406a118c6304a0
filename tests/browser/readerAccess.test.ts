import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { hasChromium, launch } from './chromium.js';
import { DESKTOP, openReader, overflow, PHONE, READER_VIEWS } from './readerPage.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS: Record<string, BrowserContextOptions> = {
  'on a phone, dark': PHONE,
  'on a desktop, light': DESKTOP,
};

const cases = Object.entries(READER_VIEWS).flatMap(([name, hash]) => Object.keys(LOOKS).map((look) => ({ name, hash, look })));

/** What axe finds serious or critical, by rule and place. */
async function grave(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run({ resultTypes: ['violations'] }));
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe.skipIf(!hasChromium)('the reader, for everybody', () => {
  let graph: TestGraph;
  let browser: Browser;
  beforeAll(async () => {
    [graph, browser] = await Promise.all([startGraph(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await graph?.close();
  });

  it.each(cases)('keeps nobody out of its $name $look, without an error or a need to scroll sideways', async ({ hash, look }) => {
    const { page, troubles, open } = await openReader(browser, graph.url, LOOKS[look]);

    await open(hash);

    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('.notice-warn, .notice-bad').count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    expect(await grave(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
