/// <reference lib="dom" />

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { readCsv } from './readCsv.js';
import {
  COPYING,
  copyCitation,
  openReader,
  overflow,
  PHONE,
  READER_VIEWS,
  savedDataset,
  savedFile,
} from './readerPage.js';

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

/** What a spreadsheet, TeX, HTML or JSON would take for its own, in one text. */
const CODE = `=cmd|' /C calc'!A0, "b";=HYPERLINK("x")\r\n@SUM(1)\t+1 \\input{x} $x_1^2$ 100% #& {</script>"@id": ~\u202Eevil`;

/** A response in which every text is hostile and the document text is mounted. */
function poisoned(value: unknown, hostile: string, field = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => poisoned(each, hostile, field));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, hostile, name)]));
  if (field === 'availability') return 'VERIFIED';
  if (field === 'excerpt') return hostile.repeat(3);
  if (field === 'url' && value !== null) return 'javascript:window.broken=3';
  return typeof value === 'string' && TEXTS.has(field) ? hostile : value;
}

/** Makes every text that a page loads hostile. */
const poison = (page: Page, hostile: string) =>
  page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const { data, ...rest } = (await response.json()) as { data: unknown };
    await route.fulfill({ response, json: { ...rest, data: poisoned(data, hostile) } });
  });

/** All texts within a value. */
const stringsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsOf)
      : [];

describe.skipIf(chromium.isMissing)('the reader with hostile text', chromium.options, () => {
  const running = graphInBrowser(startGraph);

  it.each(Object.entries(READER_VIEWS))(
    'shows it as plain text in its %s: nothing runs, is reordered or breaks the page',
    async (_name, hash) => {
      const { page, troubles, open } = await openReader(running.browser, running.graph.url, PHONE);
      await poison(page, HOSTILE);

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
    },
  );

  it.each(Object.entries(READER_VIEWS))(
    'exports it from its %s: as the graph has it in JSON, and as no formula in CSV',
    async (_name, address) => {
      const { page, open } = await openReader(running.browser, running.graph.url);
      await poison(page, CODE);
      await open(address);
      await page.locator('.page-tools').waitFor();

      let saved = 0;
      for (const format of ['JSON', 'CSV']) {
        for (const button of await page.getByRole('button', { name: new RegExp(`^${format} of `) }).all()) {
          const file = await savedDataset(button);
          if (file === null) continue;
          saved += 1;
          const text = String(file.content);
          if (format === 'JSON') {
            const { nodes } = JSON.parse(text) as { nodes: unknown[] };
            const texts = stringsOf(nodes).filter((each) => each.includes('calc'));
            expect(texts.filter((each) => each !== CODE && each !== CODE.repeat(3))).toEqual([]);
          } else {
            const [header, ...rows] = readCsv(text);
            for (const row of rows) expect(row.length).toBe(header?.length);
            const cells = rows.flat().filter((cell) => !/^-?\d+(\.\d+)?$/.test(cell));
            expect(cells.filter((cell) => /^\s*[=+\-@|]|[;\t\r\n]\s*[=+\-@|]|[\u202A-\u202E]/.test(cell))).toEqual([]);
          }
        }
      }
      expect(saved).toBeGreaterThan(1);
    },
  );

  it('prints it whole, with the codes of invisible characters', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await poison(page, CODE);
    await page.emulateMedia({ media: 'print' });

    await open(READER_VIEWS.statement);

    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden on paper is not printed
    const printed = await page.locator('main').innerText();
    const shown = CODE.replace('\r', '⟨U+000D⟩').replace('\u202E', '⟨U+202E⟩').replace(/\s+/g, ' ');
    expect(printed.replace(/\s+/g, ' ').split(shown).length).toBeGreaterThan(3);
  });

  it.each([
    ['trade', 'main svg[data-picture] title'],
    ['timeline?window=all', '.row-title bdi'],
    ['network?actor=person:kim-jong-un', 'main svg[data-picture] title'],
  ])('draws it in the picture of %s, as text and not as markup', async (address, texts) => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await poison(page, `${HOSTILE.slice(0, 90)}"'&`);
    await open(address);
    await page.locator(texts).first().waitFor({ state: 'attached' });

    const { content } = await savedFile(page, () => page.getByRole('button', { name: /^SVG/ }).click());

    // The pages themselves do not parse text as markup.
    const plain = await running.browser.newPage();
    const found = await plain.evaluate((source) => {
      const picture = new DOMParser().parseFromString(source, 'image/svg+xml');
      const all = [...picture.querySelectorAll('*')];
      return {
        root: picture.documentElement.localName,
        foreign: all
          .map(({ localName }) => localName)
          .filter((name) => /script|img|foreignObject|parsererror/.test(name)),
        handlers: all.flatMap((each) => each.getAttributeNames().filter((name) => name.startsWith('on'))),
        text: picture.documentElement.textContent ?? '',
      };
    }, String(content));
    expect(found).toMatchObject({ root: 'svg', foreign: [], handlers: [] });
    expect(found.text).toContain('<img');
    expect(found.text).not.toMatch(/[\u202A-\u202E]/);
    expect(troubles).toEqual([]);
  });

  it('embeds it: the code is one frame, whose title has the words', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, COPYING);
    await poison(page, CODE);
    await open('trade');

    await page.getByText('Embed', { exact: true }).click();
    await page.getByRole('button', { name: 'HTML', exact: true }).click();
    await page.locator('[role=status]', { hasText: 'HTML copied.' }).waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());

    const plain = await running.browser.newPage();
    const frames = await plain.evaluate((source) => {
      const { body } = new DOMParser().parseFromString(source, 'text/html');
      return [...body.childNodes].map((node) => [node.nodeName, (node as Element).getAttribute('title')]);
    }, code);
    expect(frames).toEqual([['IFRAME', expect.stringContaining('{</script>"@id"')]]);
  });

  it('cites it: whole in JSON, without commands in BibTeX', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, COPYING);
    await poison(page, CODE);
    await open(READER_VIEWS.statement);
    const cite = page.locator('.statement > .cite').first();

    const linked = stringsOf(JSON.parse(await copyCitation(cite, 'JSON-LD')));
    const csl = stringsOf(JSON.parse(await copyCitation(cite, 'CSL-JSON')));
    const bibtex = await copyCitation(cite, 'BibTeX');

    expect(linked.some((text) => text.includes(CODE))).toBe(true);
    expect(csl.some((text) => text.includes(CODE))).toBe(true);
    const [, title] = /^ {2}title = (.*),$/m.exec(bibtex) ?? [];
    expect(title).toContain('input');
    expect(title).not.toMatch(/\\input|(?<!\\)[$%#&_]/);
    expect(bibtex).not.toContain('\u202E');
    const bare = bibtex.replace(/\\[{}]/g, '');
    expect(bare.split('{').length).toBe(bare.split('}').length);
  });
});
