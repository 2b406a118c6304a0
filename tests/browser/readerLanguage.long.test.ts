import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { COPYING, DESKTOP, openReader, READER_VIEWS, settled, walk } from './readerPage.js';

/**
 * Words in Latin letters in a page in Russian, apart from facts of the graph, which stay as they are, and names of formats, units and
 * records, which have capital letters. Of a label that contains a fact, only one without any Russian word is returned.
 */
const untranslated = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const facts = 'bdi, code, option, [lang=en], .node, svg title, script';
    const isLatin = (word: string): boolean => /\p{Script=Latin}/u.test(word) && word !== word.toUpperCase();
    const names = new Set(['Dossier', 'BibTeX']);
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest(facts)) continue;
      const words = (node.textContent ?? '').match(/[\p{L}\p{M}’'-]+/gu) ?? [];
      if (words.some((word) => isLatin(word) && !names.has(word))) found.push(node.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.body.querySelectorAll(`[${name}]`)) {
        const text = element.getAttribute(name) ?? '';
        if (isLatin(text) && !/\p{Script=Cyrillic}/u.test(text)) found.push(`${element.localName}: ${text}`);
      }
    return found;
  });

describe.skipIf(chromium.isMissing)('the language of the reader', chromium.options, () => {
  const running = graphInBrowser(startGraph);

  it('is the one in the address, in every view and on every later page', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    const english: Record<string, string[]> = {};

    await open('?lang=ru');
    for (const [name, address] of Object.entries(READER_VIEWS)) {
      await walk(page, address);
      await page.locator('.page-tools').waitFor();
      english[name] = await untranslated(page);
    }

    expect(english).toEqual(Object.fromEntries(Object.keys(READER_VIEWS).map((name) => [name, []])));
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    // The address names what is shown, not how: the recipient of the link has a language of their own.
    expect(page.url()).not.toContain('lang=');
    await open('documents');
    expect(await page.locator('h1').textContent()).toBe('Документы');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('is otherwise that of the browser, and can be changed on every page', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...DESKTOP, locale: 'ru-RU' });
    const place = 'said?statement=statement:memri-sd-10149/S06';

    await open(place);
    const menu = page.getByRole('navigation', { name: 'Язык' });
    const summary = await page.locator('.statement h2 bdi').getAttribute('lang');
    await menu.getByRole('link', { name: 'English' }).click();
    await page.getByRole('navigation', { name: 'Language' }).waitFor();
    await settled(page);

    expect(summary).toBe('en');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(page.url()).toBe(`${running.graph.url}reader/${place}`);
    await page.context().close();
  });

  it('is loaded only if it is used, and formats dates and numbers', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
    const isRussian = (path: string): boolean => /\/ru-[^/]+\.js$/.test(path);

    await open('sanctions?on=2022-08-19');
    expect(scripts.filter(isRussian)).toEqual([]);
    await open('sanctions?on=2022-08-19&lang=ru');

    expect(scripts.filter(isRussian)).toHaveLength(1);
    expect(await page.locator('main').textContent()).toContain('19 августа 2022');
    await page.context().close();
  });

  it('is that of the fixed words of citations', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...COPYING, locale: 'ru-RU' });
    const fixed =
      /accessed|claim |revision|characters|passages|said:|status|stated|sources|probably|listed|code points|inferred|turnover/i;
    const english: string[] = [];

    for (const [address, card] of [
      ['said?statement=statement:memri-sd-10149/S06', '.statement > .cite'],
      ['said?statement=statement:memri-sd-10149/S06', '.passages .cite'],
      ['trade?figure=figure:memri-sd-10149/F04', '.figure.is-on .cite'],
      ['timeline?event=event:memri-sd-10149/E05', '.row.is-on .cite'],
      ['sanctions?listing=designation:eu-269-2014/denis-pushilin', '.listings .is-on .cite'],
    ] as const) {
      await open(address);
      const cite = page.locator(card).last();
      if ((await cite.getAttribute('open')) === null) await cite.locator('summary').click();
      for (const form of ['Текст', 'BibTeX', 'CSL-JSON']) {
        await cite.getByRole('button', { name: form, exact: true }).click();
        await cite.locator('[role=status]', { hasText: form }).waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied, `${address} ${form}`).toMatch(/Дата обращения: \d+ \p{L}+ \d{4}/u);
        // Keys of formats and addresses are no words.
        const words = copied.replace(/https?:\S+/g, '').replace(/^\s*"?[\w-]+"?(?: =|:)/gm, '');
        if (fixed.test(words)) english.push(`${address} ${form}: ${fixed.exec(words)?.[0]} in ${words}`);
      }
    }

    expect(english).toEqual([]);
  });

  it.each([320, 700, 768, 1000])('has labels of the axis that do not cover each other, %i px wide', async (width) => {
    const { page, open } = await openReader(running.browser, running.graph.url, {
      ...DESKTOP,
      viewport: { width, height: 900 },
      locale: 'ru-RU',
    });
    for (const window of ['year', 'six', 'all', 'months']) {
      await open(`timeline?window=${window}`);
      await page.locator('.axis span').first().waitFor();
      // The labels are shown or hidden with the next frames.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));

      const boxes = await page
        .locator('.axis span:visible')
        .evaluateAll((all) =>
          all.map((span) => span.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
        );

      expect(boxes.length, window).toBeGreaterThan(1);
      for (const [index, { left }] of boxes.entries())
        if (index > 0) expect(left, window).toBeGreaterThanOrEqual(boxes[index - 1]?.right ?? 0);
    }
  });

  it('is that of the title of every view without a record', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...DESKTOP, locale: 'ru-RU' });
    for (const view of [
      'documents',
      'said',
      'tensions',
      'timeline',
      'sanctions',
      'trade',
      'network',
      'search',
      'nothing',
    ]) {
      await open(view);
      await expect
        .poll(() => page.title(), { message: view })
        .toMatch(/^\p{Script=Cyrillic}[^\p{Script=Latin}]* · Dossier$/u);
    }
  });
});
