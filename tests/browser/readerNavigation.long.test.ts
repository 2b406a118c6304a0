import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { openReader, settled, walk } from './readerPage.js';

/** The record whose heading has the focus, and whether the heading is in the window. */
const focusedRecord = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    const record = activeElement?.closest('[data-id], [data-event]');
    const { top = -1, bottom = Number.POSITIVE_INFINITY } = activeElement?.getBoundingClientRect() ?? {};
    return {
      id: record?.getAttribute('data-id') ?? record?.getAttribute('data-event') ?? null,
      isInView: top >= 0 && bottom <= innerHeight,
    };
  });

describe.skipIf(chromium.isMissing)('navigation in the reader', chromium.options, () => {
  const running = graphInBrowser(startGraph);

  it('converts links with the state after #, on opening and while a page is open', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('#/said?status=IMPUTED');
    expect(page.url()).toBe(`${running.graph.url}reader/said?status=IMPUTED`);
    await page.evaluate(() => {
      location.hash = '#/trade';
    });
    await page.locator('h1', { hasText: 'Trade' }).waitFor();

    expect(page.url()).toBe(`${running.graph.url}reader/trade`);
  });

  it.each([
    ['trade?figure=figure:memri-sd-10149/F04', 'figure:memri-sd-10149/F04'],
    ['sanctions?provision=provision:unscr-2397/8', 'provision:unscr-2397/8'],
    ['sanctions?regime=regime:un-dprk', 'regime:un-dprk'],
    ['timeline?event=event:memri-sd-10149/E05', 'event:memri-sd-10149/E05'],
  ])('shows the record of %s with its heading in view and focused', async (address, id) => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open(address);

    await expect.poll(() => focusedRecord(page)).toEqual({ id, isInView: true });
  });

  it.each([
    ['document?statement=statement:memri-sd-10149/S68', '[data-statement="statement:memri-sd-10149/S68"] a'],
    ['document?document=document:memri-sd-10149&paragraph=25', '[data-paragraph="25"] h2'],
    ['document?document=document:memri-sd-10149&at=7833,7896', '[data-paragraph="25"] h2'],
  ])('shows the place of %s, and focuses it', async (address, selector) => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('trade');

    await walk(page, address);
    await page.locator(`${selector}:focus`).waitFor();

    const isInView = async () => {
      const { y = -1, height = 0 } = (await page.locator(`${selector}:focus`).boundingBox()) ?? {};
      return y >= 0 && y + height <= 900;
    };
    await expect.poll(isInView).toBe(true);
  });

  it('shows the bar of an event that a link names, also of one that the usual window does not have', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('timeline?event=event:memri-sd-10149/E21');

    await page.locator('.row.is-on .bar').waitFor();
    expect(await page.locator('.row.is-on .outside').count()).toBe(0);
    const from = await page.getByLabel('From').inputValue();
    expect(await page.locator('.row.is-on .when').first().textContent()).toContain(from.slice(0, 4));
  });

  it('says of an unknown id that there is no such record, and leads on', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    for (const address of [
      'actor?id=person:kim-jong-none',
      'place?id=place:donbass-none',
      'instrument?id=instrument:unscr-none',
      'document?document=document:memri-none',
      'said?statement=statement:memri-none/S1',
      'timeline?event=event:none/E1',
      'trade?of=polity:none',
    ]) {
      await open(address);

      expect(await page.locator('main').textContent(), address).toMatch(/Dossier has no .* with the id/);
      expect(await page.locator('.view a').count(), address).toBeGreaterThan(0);
    }
  });

  it('says that a document has no claim or paragraph that the address names', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('document?statement=statement:memri-sd-10149/S999');
    const ofClaim = await page.locator('.notice-warn').allTextContents();
    await open('document?document=document:memri-sd-10149&paragraph=999');

    expect(ofClaim).toEqual(['This document has no claim with the id statement:memri-sd-10149/S999.']);
    expect(await page.locator('.notice-warn').allTextContents()).toEqual(['This document has no paragraph 999.']);
  });

  it('shows the series of the figure that a statement links to', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said?statement=statement:memri-sd-10149/S70');

    await page.locator('.statement a[href*="figure="]').first().click();
    await page.waitForURL(/[?&]figure=/);
    await settled(page);

    const figure = new URL(page.url()).searchParams.get('figure');
    await expect.poll(() => focusedRecord(page)).toEqual({ id: figure, isInView: true });
    expect(await page.locator(`svg a.is-on[href*="${figure}"]`).count()).toBe(1);
  });

  it('returns to the place, the focus and the length of the list, with back and after a reload', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.locator('.pick').nth(60).scrollIntoViewIfNeeded();
    const place = await page.evaluate(() => scrollY);
    const count = await page.locator('.pick').count();
    const href = await page.locator('.pick').nth(60).getAttribute('href');
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.pick')[60]?.focus({ preventScroll: true }));

    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'trade';
      document.body.append(link);
      link.click();
      link.remove();
    });
    await page.locator('h1', { hasText: 'Trade' }).waitFor();
    await settled(page);
    await page.goBack();
    await page.locator('.pick').nth(60).waitFor();
    const state = () =>
      page.evaluate(() => ({
        count: document.querySelectorAll('.pick').length,
        focused: document.activeElement?.getAttribute('href') ?? null,
        place: Math.round(scrollY),
      }));

    // The link that was added for the click took the focus with it.
    await expect.poll(state).toMatchObject({ count, place: Math.round(place) });
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.pick')[60]?.focus({ preventScroll: true }));
    await page.reload();
    await page.locator('.pick').nth(60).waitFor();
    await expect.poll(state).toEqual({ count, focused: href, place: Math.round(place) });
  });

  it('opens details again that were open', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('timeline');
    const summary = page.locator('.row details summary:visible').nth(3);
    await summary.click();
    const text = await summary.textContent();

    await page.getByRole('link', { name: 'Network', exact: true }).click();
    await page.locator('h1', { hasText: 'Network' }).waitFor();
    await page.goBack();

    await expect.poll(() => page.locator('.row details[open] > summary').allTextContents()).toEqual([text]);
  });

  it('has the name of the record in the title of the tab, and that of the view without one', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    for (const [address, title] of [
      ['actor?id=person:kim-jong-un', 'Kim Jong-un · Dossier'],
      ['said', 'Who said what · Dossier'],
      ['instrument?id=instrument:unscr-2397', 'S/RES/2397 (2017) · Dossier'],
    ] as const) {
      await open(address);
      await expect.poll(() => page.title(), { timeout: 10_000 }).toBe(title);
    }
  });
});

describe.skipIf(chromium.isMissing)('search in the reader', chromium.options, () => {
  const running = graphInBrowser(startGraph);

  it('is focused with / on every page, lists results while typing, and opens one with the arrow keys', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open('timeline');

    await page.locator('main').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('kim jong');
    await page.locator('[role=option]', { hasText: 'Kim Jong-un' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/reader/actor?*');

    await page.locator('h1', { hasText: 'Kim' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it.each([
    ['김정은', 'Kim Jong-un'],
    ['2397', 'S/RES/2397 (2017)'],
    ['skilled build', 'highly skilled'],
    ['labour', 'Labour'],
    ['telegram', 'Kim sends Putin a reply'],
    ['captured azov', 'Captured Azov fighters held at Yelenovka'],
    ['virtually nil', 'virtually nil, no number given'],
    ['grain', 'no number given, import, 2021'],
    ['kim jong', 'events of Kim Jong-un'],
  ])('finds %s: %s', async (words, expected) => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('');

    await page.getByRole('combobox').fill(words);
    await expect
      .poll(() => page.locator('#search-list').allTextContents())
      .toEqual([expect.stringContaining(expected)]);
  });

  it('says what was searched if nothing matches, and suggests near names', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('search?q=kommersannt');

    const text = await page.locator('main').textContent();
    expect(text).toContain('Nothing matches “kommersannt”');
    expect(text).toContain('Searched: names and aliases');
    expect(await page.locator('section a', { hasText: 'Kommersant' }).count()).toBeGreaterThan(0);
  });

  it('counts the statements of each filter value as the list does', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said?modality=HEDGED');
    await page.getByText('More filters', { exact: true }).click();
    const option = page.getByLabel('Kind').locator('option').nth(1);
    const [, label = '', count = ''] = /^(.*) \((\d+)\)$/.exec((await option.textContent()) ?? '') ?? [];

    await page.getByLabel('Kind').selectOption({ index: 1 });
    await expect.poll(() => page.url()).toContain('kind=');
    await settled(page);

    expect(label).not.toBe('');
    await expect
      .poll(() => page.locator('.pane-list p[aria-live]').first().textContent())
      .toMatch(new RegExp(`^${count} statements?$`));
    await page.getByRole('button', { name: /Remove the filter How firmly/ }).click();
    await expect.poll(() => page.url()).not.toContain('modality');
  });

  it('has a page for an actor: names by script, listings on a day, and its statements by role', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('actor?id=person:denis-pushilin&on=2014-01-01');

    expect(await page.locator('.listing-not-yet').count()).toBe(1);
    await page.getByLabel('On the day').fill('2022-08-19');
    await page.locator('.listing-listed').waitFor();
    await open('actor?id=person:kim-jong-un&show=imputed');

    expect(await page.locator('table tbody th').allTextContents()).toEqual(expect.arrayContaining(['김정은']));
    const { data } = await running.graph.query(
      '{ actor(id: "person:kim-jong-un") { statements(role: [IMPUTED_TO], first: 0) { totalCount } } }',
    );
    await expect
      .poll(() => page.locator('.claim').count())
      .toBe((data as { actor: { statements: { totalCount: number } } }).actor.statements.totalCount);
  });
});
