import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { hasChromium, launch } from './chromium.js';
import { DESKTOP, openReader, READER_VIEWS, settled } from './readerPage.js';

const documentsDir = process.env['DOCUMENTS_DIR'] ?? null;
if (!documentsDir) process.stderr.write('DOCUMENTS_DIR is not set: the reader is not tried with a text.\n');

describe.skipIf(!hasChromium)('the reader', () => {
  let graph: TestGraph;
  let browser: Browser;
  beforeAll(async () => {
    [graph, browser] = await Promise.all([startGraph(), launch()]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await graph?.close();
  });

  it('keeps what was chosen in the address, so that it can be shared', async () => {
    const first = await openReader(browser, graph.url);
    await first.open('said');
    await first.page.getByLabel('Who speaks').selectOption('IMPUTED');
    await settled(first.page);
    await first.page.locator('.pick').first().click();
    await first.page.locator('.statement h2').waitFor();
    const address = new URL(first.page.url()).hash.replace(/^#\//, '');

    const second = await openReader(browser, graph.url);
    await second.open(address);

    expect(address).toContain('status=IMPUTED');
    expect(await second.page.getByLabel('Who speaks').inputValue()).toBe('IMPUTED');
    expect(await second.page.locator('.statement h2').textContent()).toBe(await first.page.locator('.statement h2').textContent());
    expect(await second.page.locator('.pick').count()).toBe(3);
  });

  it('goes back to where one was', async () => {
    const { page, open } = await openReader(browser, graph.url);
    await open('trade');
    await page.locator('svg a.slot').first().click();
    await page.waitForFunction(() => location.hash.includes('figure='));

    await page.goBack();

    expect(new URL(page.url()).hash).toBe('#/trade');
  });

  it('can be walked by keyboard: past the menu, into a view, to a link of it', async () => {
    const { page, open } = await openReader(browser, graph.url);
    await open('said');

    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    for (let step = 0; step < 3; step++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.statement h2').waitFor();

    expect(new URL(page.url()).hash).toContain('statement=');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  });

  it('moves on to the top of another view, and tells its name', async () => {
    const { page, open } = await openReader(browser, graph.url);
    await open('timeline');

    await page.getByRole('link', { name: 'Trade', exact: true }).click();
    await settled(page);

    expect(await page.title()).toBe('Trade · Dossier');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  });

  it('looks at listings as of the day that is chosen', async () => {
    const { page, open } = await openReader(browser, graph.url);
    await open('sanctions');
    const listed = page.locator('.listings:not(.is-off) .listing-name');
    expect(await listed.count()).toBe(3);

    await page.getByLabel('As of').fill('2014-05-01');
    await page.locator('p[role=status]', { hasText: '1 listed on 1 May 2014' }).waitFor();

    expect(await listed.allTextContents()).toEqual(['Denis Pushilin']);
    expect(await page.locator('.force-in-force').count()).toBe(0);
  });

  it('draws what has no number as a gap, and leads from a point to its passage', async () => {
    const { page, open } = await openReader(browser, graph.url);

    await open('trade?series=polity:north-korea,polity:russia,EXPORT,TRADE_VALUE');
    expect(await page.locator('.slot-missing .gap').count()).toBe(1);
    expect(await page.locator('.slot .column').count()).toBe(0);
    await page.locator('table .chip').first().click();
    await page.locator('.strip-sought').first().waitFor();

    expect(new URL(page.url()).hash).toMatch(/^#\/document\?at=\d+,\d+/);
  });

  it('gives our summaries at their places where the text is not mounted', async () => {
    const { page, open } = await openReader(browser, graph.url);

    await open('document');

    expect(await page.locator('.notice-not-mounted').count()).toBe(1);
    expect(await page.locator('.claim[data-statement]').count()).toBeGreaterThanOrEqual(79);
    expect(await page.locator('.passage').count()).toBe(0);
    expect(await page.locator('.strip-claim').count()).toBeGreaterThan(79);
  });

  it('says so where there is nothing at an address', async () => {
    const { page, open } = await openReader(browser, graph.url);

    await open('nowhere');
    expect(await page.locator('h1').textContent()).toBe('No such page');
    await open('said?statement=statement:memri-sd-10149/S999');

    expect(await page.locator('.pane-detail').textContent()).toContain('There is no statement');
  });

  it('copies a citation in the forms that are known elsewhere', async () => {
    const { page, open } = await openReader(browser, graph.url, { ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] });
    await open(READER_VIEWS.statement);
    await page.locator('.pane-detail .cite summary').first().click();
    const copied = async (form: string): Promise<string> => {
      await page.locator('.pane-detail').getByRole('button', { name: form }).first().click();
      await page.locator('.pane-detail .cite [role=status]', { hasText: `${form} copied.` }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };

    expect(await copied('BibTeX')).toMatch(/^@techreport\{/);
    expect(JSON.parse(await copied('CSL-JSON'))).toMatchObject({ id: 'citation:memri-sd-10149#char=639,730', issued: { 'date-parts': [[2022, 8, 19]] } });
    expect(JSON.parse(await copied('JSON-LD'))).toMatchObject({ type: 'Annotation', body: 'statement:memri-sd-10149/S06' });
    expect(await copied('Link')).toContain('/reader/#/document?at=639,730');
  });

  it.skipIf(!documentsDir)('marks claims, quotations, hedges and insertions in the words themselves, where they are mounted', async () => {
    const mounted = await startGraph({ documentsDir });
    const { page, troubles, open } = await openReader(browser, mounted.url);

    await open('document?statement=statement:memri-sd-10149/S58');

    const text = await page
      .locator('.paragraph .passage')
      .nth(21)
      .evaluate((passage) => [...passage.querySelectorAll('bdi')].map(({ textContent }) => textContent).join(''));
    const { data } = await mounted.query('{ citation(id: "citation:memri-sd-10149#char=6263,7057") { excerpt } }');
    expect(text).toBe((data as { citation: { excerpt: string } }).citation.excerpt);
    expect(await page.locator('.paragraph .seg.is-on.quote-imputed').count()).toBeGreaterThan(0);
    expect(await page.locator('.paragraph .seg.hedge').count()).toBeGreaterThan(60);
    expect(await page.locator('.paragraph .seg.insertion').count()).toBe(9);
    expect(troubles).toEqual([]);
    await mounted.close();
  });
});
