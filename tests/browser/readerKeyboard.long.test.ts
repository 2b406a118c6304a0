import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { readCsv } from './readCsv.js';
import { DESKTOP, openReader, settled } from './readerPage.js';

/** More than anybody would press to reach something. */
const MAX_PRESSES = 60;

/** Presses Tab until an element that matches is focused. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < MAX_PRESSES; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((to) => document.activeElement?.matches(to), selector)) return;
  }
  throw new Error(`${selector} was not reached with ${MAX_PRESSES} presses of Tab.`);
}

/** Opens the first result of a search. */
async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  // Results of the words as they were typed at first are not those of all.
  await page.locator('.search-list > .search-option', { hasText: words }).waitFor();
  // Until results arrive, the only option is the page of all results.
  await page.locator('.search-list [role=group] .search-option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.search-list').waitFor({ state: 'detached' });
  await settled(page);
}

describe.skipIf(chromium.isMissing)('the reader, by keyboard alone', chromium.options, () => {
  const running = graphInBrowser(startGraph);

  it('says through whom a claim was relayed, cites it, and later says that it is unchanged', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await open('');

    await find(page, 'builders anticipated');
    await page.locator('.statement h2:focus').waitFor();
    const chain = await page.locator('.chain .link-who').allTextContents();
    await tabTo(page, '.statement > .cite summary');
    await page.keyboard.press('Enter');
    const copied = async (form: string): Promise<string> => {
      await tabTo(page, '.statement > .cite button');
      while ((await page.evaluate(() => document.activeElement?.textContent)) !== form)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('[role=status]', { hasText: `${form} copied.` }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const link = await copied('Link');
    const bibtex = await copied('BibTeX');
    await page.goto('about:blank');
    await page.goto(link);

    expect(chain.length).toBeGreaterThan(2);
    expect(bibtex).toContain(`url = {${link.replace(/[{}\\]/g, encodeURIComponent)}}`);
    await page.getByText('Unchanged since it was cited').waitFor();
    await page.context().close();
  });

  it('says whether a person was listed on a day, and since when until when', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...DESKTOP, locale: 'en-US' });
    const { data } = await running.graph.query('{ designations(first: 1) { nodes { listedOn actor { name } } } }');
    const [{ listedOn, actor }] = (data as { designations: { nodes: [{ listedOn: string; actor: { name: string } }] } })
      .designations.nodes;
    const [year, month, day] = listedOn.split('-');
    await open('');

    await find(page, actor.name);
    await tabTo(page, 'main input[type=date]');
    await page.keyboard.type(`${month}${day}${year}`);
    await page.waitForURL(`**on=${listedOn}*`);

    await expect.poll(() => page.locator('.listings .badge-strong').first().textContent()).toBe('listed on this day');
    expect(await page.locator('.listings .card').first().textContent()).toMatch(
      /listed on \d.* (?:no delisting recorded|delisted on \d)/,
    );
    await page.context().close();
  });

  it('uses a day that is typed when it is complete, as one entry of the history, and says what it means', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...DESKTOP, locale: 'en-US' });
    const days: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => {
      const { variables } = (request.postDataJSON() ?? {}) as { variables?: { asOf?: string } };
      if (variables?.asOf) days.push(variables.asOf);
    });
    await page.exposeFunction('say', (text: string) => void said.push(text));
    await open('');
    await page.locator('a[href^="sanctions"]').first().click();
    await settled(page);
    await page.evaluate(() => {
      const live = document.querySelector('#listed + p[aria-live]') as Element;
      new MutationObserver(() => {
        if (live.textContent) (globalThis as unknown as { say: (text: string) => void }).say(live.textContent);
      }).observe(live, { childList: true, characterData: true, subtree: true });
    });

    await tabTo(page, 'main input[type=date]');
    for (const [digits, day] of [
      ['05', '2022-05-19'],
      ['01', '2022-05-01'],
      ['2014', '2014-05-01'],
    ] as const) {
      // Slower than the pause after which a day is used, so that a part of the year would be used.
      await page.keyboard.type(digits, { delay: 900 });
      await page.waitForURL(`**on=${day}*`);
    }
    await settled(page);
    await expect.poll(() => said.at(-1)).toBe('1 listed on 1 May 2014.');
    await page.goBack();

    await expect.poll(() => page.url()).toBe(`${running.graph.url}reader/sanctions`);
    expect(days.filter((day) => day < '1000')).toEqual([]);
    expect(said.filter((text) => text.includes('2014'))).toEqual(['1 listed on 1 May 2014.']);
    await open('actor?id=person:denis-pushilin&on=2013-05-01');
    await expect
      .poll(() => page.locator('#listings + p[aria-live]').textContent())
      .toBe('0 of 1 recorded listings were in force on 1 May 2013.');
  });

  it('leads from a claim to what contradicts it, to the figure in it, and to the paragraph that it concerns', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('');
    const follow = async (words: string, link: string): Promise<void> => {
      await find(page, words);
      await page.locator('.statement h2:focus').waitFor();
      await tabTo(page, `.statement ${link}`);
      await page.keyboard.press('Enter');
    };

    await follow('messages governments', 'a[href*="compare="]');
    await page.locator('.side').nth(1).waitFor();
    const sides = await page.locator('.side .claim-id').allTextContents();
    await follow('turnover 2020', 'a[href*="figure="]');
    const figure = (await page.locator('.figure.is-on').textContent()) ?? '';
    await follow('builders anticipated', 'a[href*="provision="]');
    const provision = await page.locator('.provision.is-on h2').textContent();

    expect(sides).toEqual(['S16', 'S17']);
    expect(figure).toMatch(/42\.74 million USD.*Bounds: 42,735,000 to 42,745,000 USD.*Stated as/);
    expect(provision).toMatch(/^S\/RES\/\d+ \(\d{4}\), para\. \d+/);
    await page.context().close();
  });

  it('puts a chart into an article: as a picture, and as code that embeds it', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await open('trade');
    await page.locator('.page-tools').waitFor();
    const next = async (text: string): Promise<void> => {
      for (let presses = 0; presses < MAX_PRESSES; presses++) {
        if ((await page.evaluate(() => document.activeElement?.textContent)) === text) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`"${text}" was not reached with ${MAX_PRESSES} presses of Tab.`);
    };

    await tabTo(page, '.show-tools');
    await page.keyboard.press('Enter');
    await next('SVG');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    await next('Embed');
    await page.keyboard.press('Enter');
    await next('HTML');
    await page.keyboard.press('Enter');
    await page.locator('[role=status]', { hasText: 'HTML copied.' }).waitFor();

    expect(file.suggestedFilename()).toMatch(/\.svg$/);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<iframe src=".*embed\.html\?series=/);
    await page.context().close();
  });

  it('lists what a speaker said about a topic in a period', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...DESKTOP, locale: 'en-US' });
    await open('said');

    await tabTo(page, 'select:has(option[value="labour"])');
    await page.keyboard.type('Labour');
    await page.waitForURL('**topic=labour*');
    await tabTo(page, '.more-filters > summary');
    await page.keyboard.press('Enter');
    await page.locator('option[value="person:denis-pushilin"]').waitFor({ state: 'attached' });
    await tabTo(page, 'select:has(option[value="person:denis-pushilin"])');
    await page.keyboard.type('Denis');
    await page.waitForURL('**speaker=person:denis-pushilin*');
    await tabTo(page, '.more-filters input[type=date]');
    await page.keyboard.type('07012022');
    await page.waitForURL('**from=2022-07-01*');

    const { data } = await running.graph.query(
      '{ statements(filter: { speaker: "person:denis-pushilin", topic: "labour", from: "2022-07-01" }) { totalCount } }',
    );
    const { totalCount } = (data as { statements: { totalCount: number } }).statements;
    expect(totalCount).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.pick').count()).toBe(totalCount);
    await page.context().close();
  });

  it('finds an actor by a name in another script, and opens the query behind its page in the explorer', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('');

    await find(page, '김정은');
    const name = await page.locator('main h1').textContent();
    await page.locator('.page-tools').waitFor();
    await tabTo(page, '.tool-link');
    await page.keyboard.press('Enter');
    await page.waitForURL('**operation=*');

    const { searchParams } = new URL(page.url());
    expect(name).toBe('Kim Jong-un');
    expect(searchParams.get('variables')).toContain('person:kim-jong-un');
    await page.context().close();
  });

  it('saves all statements of a speaker', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    const { data } = await running.graph.query(
      '{ actor(id: "person:konstantin-asmolov") { statements(role: [SPEAKER]) { totalCount } } }',
    );
    const { totalCount } = (data as { actor: { statements: { totalCount: number } } }).actor.statements;
    await open('');

    await find(page, 'asmolov');
    await page.locator('.page-tools').waitFor();
    await tabTo(page, '.page-tools button[aria-label="CSV of Statements, with the role of the actor"]');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);

    const [header = [], ...rows] = readCsv(readFileSync(await file.path(), 'utf8'));
    const roles = rows.map((row) => row[header.indexOf('roles')]?.split('; ') ?? []);
    expect(roles.filter((each) => each.includes('SPEAKER'))).toHaveLength(totalCount);
    await page.context().close();
  });
});
