/// <reference lib="dom" />

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, startExample } from '../support/exampleGraph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { DESKTOP, openReader, overflow, PHONE, settled } from './readerPage.js';

const text = readFileSync(join(workspaceRoot(), `examples/documents/${EXAMPLE}.txt`), 'utf8');
const DOCUMENT = `document?document=document:${EXAMPLE}`;

/** Selects from the beginning of a paragraph to the end of another, as by dragging. Returns what would be copied. */
const select = (page: Page, first: number, last: number): Promise<string> =>
  page.evaluate(
    ([from, until]) => {
      const paragraph = (number: number | undefined) => document.querySelector(`.passage[data-paragraph="${number}"]`);
      const range = document.createRange();
      range.setStart(paragraph(from) as Node, 0);
      range.setEnd(paragraph(until) as Node, (paragraph(until) as Node).childNodes.length);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return String(getSelection());
    },
    [first, last],
  );

describe.skipIf(chromium.isMissing)('a document in the reader', chromium.options, () => {
  const running = graphInBrowser(startExample);

  it('is one text, whose copy has the words and nothing else', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open(DOCUMENT);

    const copied = await select(page, 4, 6);

    const paragraphs = text.split('\n\n');
    const flat = (words: string) => words.replace(/\s+/g, ' ').trim();
    expect(await page.locator('.text .claim-mark').count()).toBeGreaterThan(10);
    expect(flat(copied)).toBe(flat(paragraphs.slice(3, 6).join(' ')));
    expect(troubles).toEqual([]);
  });

  it('has notes beside the lines that they are about, which do not overlap', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(`${DOCUMENT}&statement=statement:${EXAMPLE}/S08`);

    const mark = page.locator('.text .claim-mark[data-mark="S08"]');
    const chosen = page.locator('.note.is-on');
    const distance = async () => {
      const [from, to] = [await mark.boundingBox(), await chosen.boundingBox()];
      return Math.abs((from?.y ?? 0) - (to?.y ?? 999));
    };

    // Notes are placed when the text has its fonts and its width.
    await expect.poll(distance).toBeLessThan(60);
    const boxes = await page
      .locator('.margin .note')
      .evaluateAll((notes) =>
        notes.map((note) => note.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })),
      );
    for (const [index, { top }] of boxes.entries())
      if (index > 0) expect(top).toBeGreaterThanOrEqual(boxes[index - 1]?.bottom ?? 0);
    const note = await chosen.boundingBox();
    expect(note?.x ?? 0).toBeGreaterThan((await page.locator('.text').boundingBox())?.width ?? 0);
  });

  it('offers a citation of the words that are selected', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await open(DOCUMENT);

    await select(page, 4, 4);
    const bar = page.getByRole('region', { name: 'Selected passage' });
    await bar.getByRole('button', { name: 'JSON-LD' }).click();
    await bar.locator('[role=status]', { hasText: 'JSON-LD copied.' }).waitFor();
    const annotation = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as {
      target: { selector: { start: number; end: number; exact?: string }[] };
    };

    const [{ start, end }, quote] = annotation.target.selector as [{ start: number; end: number }, { exact: string }];
    expect([...text].slice(start, end).join('')).toBe(text.split('\n\n')[3]);
    expect(quote.exact).toBe(text.split('\n\n')[3]);
  });

  it.each([
    [`document?statement=statement:${EXAMPLE}/S05`, '.text .claim-mark[data-mark="S05"]'],
    [`${DOCUMENT}&paragraph=8`, '.text .passage[data-paragraph="8"]'],
  ])('has the focus at the place that a link names: %s', async (address, selector) => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(address);
    await page.locator(`${selector}:focus`).waitFor();

    // Not taken from a note by a later choice.
    await page.locator('.note a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/statement=/);

    await page.locator('.note a:focus').waitFor();
  });

  it('is searched within, and moves from place to place', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(`${DOCUMENT}&find=low%20marn`);
    const field = page.getByRole('searchbox', { name: 'Find in this document' });
    const count = text.match(/low marn/gi)?.length ?? 0;

    await page.locator('.find-count', { hasText: `Match 1 of ${count}` }).waitFor();
    await field.press('Enter');
    await page.locator('.find-count', { hasText: `Match 2 of ${count}` }).waitFor();

    expect(await page.locator('.seg.found').count()).toBeGreaterThanOrEqual(count);
    const isInView = async () => {
      const { y = -1 } = (await page.locator('.seg.found-current').first().boundingBox()) ?? {};
      return y > 0 && y < 900;
    };
    await expect.poll(isInView).toBe(true);
  });

  it('is opened by one of its statements, from its outline, and from the list of documents', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(`document?statement=statement:${EXAMPLE}/S05`);
    await page.locator('.text .seg.is-on').first().waitFor();

    await page.locator('.outline summary').click();
    await page.locator('.outline a').nth(7).click();
    await page.waitForFunction(() => location.href.includes('paragraph=8'));
    await page.locator('.picker summary').click();
    await page.locator('.picker li a').first().waitFor();

    expect(await page.locator('.picker li a').count()).toBe(1);
  });

  it('shows both sides of a tension with their words, next to one another, and each caution with its words', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open(`tensions?tension=tension:${EXAMPLE}/T01`);
    await page.locator('.surrounded mark').nth(1).waitFor();

    const sides = await page.locator('.side').evaluateAll((all) => all.map((side) => side.getBoundingClientRect().top));
    const words = await page.locator('.side mark').allTextContents();
    await open(`tensions?document=document:${EXAMPLE}`);

    expect(sides[0]).toBe(sides[1]);
    expect(words.every((each) => text.includes(each))).toBe(true);
    expect(await page.locator('.conflict').count()).toBe(2);
    expect(await page.locator('.cautions blockquote').count()).toBe(2);
    expect(troubles).toEqual([]);
  });

  it('shows the chosen note over the text on a phone, and fits', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, PHONE);
    await open(DOCUMENT);

    await page.locator('.text .claim-mark[data-mark="S03"]').click();
    await settled(page);
    const bottom = async () => {
      const { y = 0, height = Number.POSITIVE_INFINITY } = (await page.locator('.note.is-on').boundingBox()) ?? {};
      return y + height;
    };

    await expect.poll(bottom).toBeLessThanOrEqual(761);
    expect(await overflow(page)).toBe(0);
  });
});
