import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { launch } from './chromium.js';
import { openReader, overflow, PHONE, READER_VIEWS } from './readerPage.js';

const HOSTILE = `<img src=x onerror="window.broken=1"><script>window.broken=2</script>{{7*7}}\u202Edesrever\u2066${'w'.repeat(400)}`;
const TEXTS = new Set([
  'summary',
  'name',
  'label',
  'title',
  'description',
  'note',
  'rationale',
  'explanation',
  'venue',
  'medium',
  'fact',
  'locator',
  'series',
  'number',
  'statedAs',
  'caveat',
  'formula',
  'topic',
  'symbol',
  'cap',
]);

/** A response in which every text is hostile and the document text is mounted. */
function poisoned(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => poisoned(each, field));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, name)]));
  if (field === 'availability') return 'VERIFIED';
  if (field === 'excerpt') return HOSTILE.repeat(3);
  if (field === 'url' && value !== null) return 'javascript:window.broken=3';
  return typeof value === 'string' && TEXTS.has(field) ? HOSTILE : value;
}

describe.skipIf(chromium.isMissing)('the reader with hostile text', chromium.options, () => {
  let graph: TestGraph;
  let browser: Browser;
  beforeAll(async () => {
    [graph, browser] = await Promise.all([startGraph(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await graph?.close();
  });

  it.each(Object.entries(READER_VIEWS))(
    'shows it as plain text in its %s: nothing runs, is reordered or breaks the page',
    async (_name, hash) => {
      const { page, troubles, open } = await openReader(browser, graph.url, PHONE);
      await page.route('**/graphql', async (route) => {
        const response = await route.fetch();
        const { data, ...rest } = (await response.json()) as { data: unknown };
        await route.fulfill({ response, json: { ...rest, data: poisoned(data) } });
      });

      await open(hash);

      expect(await page.evaluate(() => (globalThis as { broken?: number }).broken)).toBeUndefined();
      expect(await page.locator('main img, main script, main a[href^="javascript:"]').count()).toBe(0);
      const text = (await page.locator('main').textContent()) ?? '';
      expect(text).toContain('<script>');
      expect(text).toContain('⟨U+202E⟩');
      expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      expect(await overflow(page)).toBe(0);
      expect(troubles).toEqual([]);
      // Responses that are still on their way.
      await page.unrouteAll({ behavior: 'wait' });
      await page.context().close();
    },
  );
});
