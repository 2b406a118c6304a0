import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../support/needs.js';
import { launch } from './chromium.js';
import { type ReducedGraph, startGraphWithout } from './graphWithout.js';
import { openReader, READER_VIEWS, walk } from './readerPage.js';

/** What is missing if a service is down, and what must be shown nevertheless. */
const CASES = [
  {
    service: 'actors',
    hash: 'said?statement=statement:memri-sd-10149/S06',
    gone: 'name not available',
    there: 'rodion-miroshnik',
  },
  { service: 'actors', hash: 'timeline', gone: 'Events: not available', there: 'statements, not after' },
  { service: 'statements', hash: '', gone: 'documents: not available', there: '13 provisions' },
  { service: 'statements', hash: 'documents', gone: 'Documents: not available', there: 'Words in the title' },
  {
    service: 'statements',
    hash: 'actor?id=person:kim-jong-un',
    gone: 'Statements: not available',
    there: 'Kim Jong-un',
  },
  { service: 'statements', hash: 'sanctions', gone: 'summary not available', there: 'S/RES/2397 (2017)' },
  {
    service: 'sanctions',
    hash: 'said?statement=statement:memri-sd-10149/S06',
    gone: 'Provisions: not available',
    there: 'Rodion Miroshnik',
  },
  // It is not known whether there is such a provision.
  {
    service: 'sanctions',
    hash: 'sanctions?provision=provision:unscr-2397/8',
    gone: 'The selected record: not available',
    there: 'All provisions and listings',
  },
  { service: 'sanctions', hash: 'sanctions', gone: 'Listings: not available', there: 'Sanctions' },
  {
    service: 'trade',
    hash: 'said?statement=statement:memri-sd-10149/S70',
    gone: 'Trade figures: not available',
    there: 'Russian Federal Customs Service',
  },
  { service: 'trade', hash: 'trade', gone: 'Trade figures: not available', there: 'Trade' },
];

describe.skipIf(chromium.isMissing)('the reader with a service down', chromium.options, () => {
  const graphs = new Map<string, ReducedGraph>();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
    for (const service of new Set(CASES.map((each) => each.service)))
      graphs.set(service, await startGraphWithout(service));
  });
  afterAll(async () => {
    await browser?.close();
    for (const graph of graphs.values()) await graph.close();
  });

  it.each(CASES)(
    'says what is missing without $service at /$hash, and shows the rest',
    async ({ service, hash, gone, there }) => {
      const { page, troubles, open } = await openReader(browser, graphs.get(service)?.url ?? '');

      await open(hash);

      const text = await page.locator('main').textContent();
      expect(text).toContain(gone);
      expect(text).toContain(there);
      expect(text).toContain(service);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it.each([...new Set(CASES.map(({ service }) => service))])('has no blank view without %s', async (service) => {
    const { page, troubles, open } = await openReader(browser, graphs.get(service)?.url ?? '');

    await open('');
    for (const hash of Object.values(READER_VIEWS)) {
      await walk(page, hash);
      expect(((await page.locator('main').textContent()) ?? '').length, hash).toBeGreaterThan(100);
    }

    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
