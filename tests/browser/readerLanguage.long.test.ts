import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { DESKTOP, openReader, READER_VIEWS, settled, walk } from './readerPage.js';

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
});
