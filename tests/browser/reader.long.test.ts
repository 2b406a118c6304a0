import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { chromium, documents, documentsDir } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { DESKTOP, openReader, READER_VIEWS } from './readerPage.js';

describe.skipIf(chromium.isMissing)('the reader', chromium.options, () => {
  const running = graphInBrowser(startGraph);

  it('keeps every choice in the URL, so that it can be shared', async () => {
    const first = await openReader(running.browser, running.graph.url);
    await first.open('said');
    await first.page.getByRole('combobox', { name: 'How sure it is who spoke' }).selectOption('IMPUTED');
    await first.page.locator('.pane-list p[aria-live]', { hasText: /^3 statements$/ }).waitFor();
    await first.page.locator('.pick').first().click();
    await first.page.locator('.statement h2').waitFor();
    const { pathname, search } = new URL(first.page.url());
    const address = `${pathname.replace('/reader/', '')}${search}`;

    const second = await openReader(running.browser, running.graph.url);
    await second.open(address);

    expect(address).toContain('status=IMPUTED');
    expect(await second.page.getByRole('combobox', { name: 'How sure it is who spoke' }).inputValue()).toBe('IMPUTED');
    expect(await second.page.locator('.statement h2').textContent()).toBe(
      await first.page.locator('.statement h2').textContent(),
    );
    expect(await second.page.locator('.pick').count()).toBe(3);
  });

  it('returns to the previous view with the back button', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('trade');
    await page.locator('svg a.slot').first().click();
    await page.waitForFunction(() => location.search.includes('figure='));

    await page.goBack();

    await expect.poll(() => page.url()).toBe(`${running.graph.url}reader/trade`);
  });

  it('can be used by keyboard: skip the menu, enter a view, follow a link in it', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said');

    await page.keyboard.press('Tab');
    await page.locator('.skip:focus', { hasText: 'Skip to the content' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.locator('main input[type=search]:focus').waitFor();
    // Past the filters, to the first statement.
    while (!(await page.evaluate(() => document.activeElement?.matches('.pick')))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The page moves the focus there once it has loaded everything.
    await page.locator('.statement h2:focus').waitFor();

    expect(new URL(page.url()).search).toContain('statement=');
  });

  it('scrolls to the top of a new view, and updates the title', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('timeline');

    await page.getByRole('link', { name: 'Trade', exact: true }).click();
    await page.locator('main:focus').waitFor();

    await expect.poll(() => page.title()).toBe('Trade · Dossier');
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  });

  it('shows listings as of the selected day', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('sanctions');
    const listed = page.locator('.listings:not(.is-off) .listing-name');
    expect(await listed.count()).toBe(3);

    await page.getByLabel('On the day').fill('2014-05-01');
    await page.locator('p[aria-live]', { hasText: '1 listed on 1 May 2014' }).waitFor();

    expect(await listed.allTextContents()).toEqual(['Denis Pushilin']);
    expect(await page.locator('.force-in-force').count()).toBe(0);
  });

  it('explains on its first screen what a claim is, and links to the passage', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('');
    const example = await page.locator('.example .claim').boundingBox();
    await page.locator('.example .chip').first().click();
    await page.locator('.claim.is-on').waitFor();

    expect((example?.y ?? Number.POSITIVE_INFINITY) + (example?.height ?? 0)).toBeLessThan(450);
    expect(await page.locator('.strip-sought').count()).toBeGreaterThan(0);
  });

  it('shows the selected statement beside the list, wherever the list is scrolled', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said');

    await page.locator('.pick').nth(35).click();
    await page.locator('.statement h2').waitFor();

    const top = async () => (await page.locator('.statement h2').boundingBox())?.y ?? -1;
    await expect
      .poll(async () => ({ y: await top(), isInView: (await top()) > 0 && (await top()) < 400 }))
      .toMatchObject({
        isInView: true,
      });
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  });

  it('ends a relay chain at the document, with a link to the passage', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(READER_VIEWS.statement);

    await page.locator('.link-document a').click();
    await page.locator('.claim.is-on').waitFor();

    expect(await page.locator('.claim.is-on').getAttribute('data-statement')).toBe('statement:memri-sd-10149/S06');
  });

  it('distinguishes inferred and approximate dates in the drawing and in text, and draws planned ones differently', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('timeline');

    const rows = await page.locator('.row').evaluateAll((all) =>
      all.map((row) => ({
        text: row.querySelector('.when')?.textContent ?? '',
        bar: row.querySelector('.bar')?.className ?? '',
      })),
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { text, bar } of rows.filter(({ text }) => !text.startsWith('date unknown'))) {
      expect(/\bbar-inferred\b/.test(bar), text).toBe(text.includes('(inferred)'));
      expect(/\bbar-rough\b/.test(bar), text).toBe(/\babout\b/.test(text));
    }
    const fills = (shape: string) =>
      page
        .locator(`.track .bar-${shape}`)
        .evaluateAll((bars) => [...new Set(bars.map((bar) => getComputedStyle(bar).background))]);
    const [stated, inferred, planned] = await Promise.all([
      fills('occurred:not(.bar-inferred)'),
      fills('occurred.bar-inferred'),
      fills('planned'),
    ]);
    expect(stated.filter((fill) => inferred.includes(fill) || planned.includes(fill))).toEqual([]);
  });

  it('states the period of a figure in its chart and its table', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('trade?series=polity:russia,polity:north-korea,TURNOVER,TREND');

    expect(await page.locator('.chart-period').first().textContent()).toBe('not after 15 August 2022 (inferred) ');
    expect(await page.locator('tbody th').first().textContent()).toBe('not after 15 August 2022 (inferred)');
  });

  it('names the speaker of a claim that bears on a provision', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('sanctions');

    expect(await page.locator('[data-id="provision:unscr-2397/8"] li', { hasText: 'S06' }).textContent()).toContain(
      'probably Rodion Miroshnik',
    );
  });

  it('uses dashed lines in the network for likely ties only', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('network');

    const dashes = await page
      .locator('.tie')
      .evaluateAll((ties) => ties.map((tie) => getComputedStyle(tie).strokeDasharray));
    expect(dashes.length).toBeGreaterThan(20);
    expect(new Set(dashes)).toEqual(new Set(['none']));
    await page
      .locator('.tie')
      .first()
      .evaluate((tie) => tie.classList.add('is-likely'));
    expect(
      await page
        .locator('.tie')
        .first()
        .evaluate((tie) => getComputedStyle(tie).strokeDasharray),
    ).not.toBe('none');
  });

  it('draws a missing number as a gap, and links a point to its passage', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('trade?series=polity:north-korea,polity:russia,EXPORT,TRADE_VALUE');
    expect(await page.locator('.slot-missing .gap').count()).toBe(1);
    expect(await page.locator('.slot .column').count()).toBe(0);
    await page.locator('table .chip').first().click();
    await page.locator('.strip-sought').first().waitFor();

    expect(page.url()).toMatch(/\/reader\/document\?at=\d+,\d+/);
  });

  it('shows summaries at their positions if the text is not mounted', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open(READER_VIEWS.document);

    expect(await page.locator('.notice-not-mounted').count()).toBe(1);
    expect(await page.locator('.claim[data-statement]').count()).toBeGreaterThanOrEqual(79);
    expect(await page.locator('.passage').count()).toBe(0);
    expect(await page.locator('.strip-claim').count()).toBeGreaterThan(79);
  });

  it('shows a not-found message for an unknown URL', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('nowhere');
    expect(await page.locator('h1').textContent()).toBe('No such page');
    await open('said?statement=statement:memri-sd-10149/S999');

    expect(await page.locator('.pane-detail').textContent()).toContain('no statement with the id');
  });

  it('copies a citation in standard formats', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await open(READER_VIEWS.statement);
    const cite = page.locator('.pane-detail .passages .cite').first();
    await cite.locator('summary').click();
    const copied = async (form: string): Promise<string> => {
      await cite.getByRole('button', { name: form }).click();
      await cite.locator('[role=status]', { hasText: `${form} copied.` }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };

    expect(await copied('BibTeX')).toMatch(/^@techreport\{/);
    expect(JSON.parse(await copied('CSL-JSON'))).toMatchObject({
      id: 'citation:memri-sd-10149#char=639,730',
      issued: { 'date-parts': [[2022, 8, 19]] },
    });
    expect(JSON.parse(await copied('JSON-LD'))).toMatchObject({
      type: 'Annotation',
      id: expect.stringContaining('/reader/document?at=639,730'),
      body: expect.stringContaining('statement=statement:memri-sd-10149/S06'),
    });
    expect(await copied('Link')).toContain('/reader/document?at=639,730');
  });

  it.skipIf(documents.isMissing)(
    'highlights claims, quotations, hedges and insertions in a mounted text',
    documents.options,
    async () => {
      const mounted = await startGraph({ documentsDir });
      const { page, troubles, open } = await openReader(running.browser, mounted.url);

      await open(`${READER_VIEWS.document}&statement=statement:memri-sd-10149/S58`);

      const text = await page
        .locator('.text .passage')
        .nth(21)
        .evaluate((passage) => [...passage.querySelectorAll('bdi')].map(({ textContent }) => textContent).join(''));
      const { data } = await mounted.query('{ citation(id: "citation:memri-sd-10149#char=6263,7057") { excerpt } }');
      expect(text).toBe((data as { citation: { excerpt: string } }).citation.excerpt);
      expect(await page.locator('.text .seg.is-on.quote-imputed').count()).toBeGreaterThan(0);
      expect(await page.locator('.text .seg.hedge').count()).toBeGreaterThan(60);
      expect(await page.locator('.text .seg.insertion').count()).toBe(9);
      expect(troubles).toEqual([]);
      await mounted.close();
    },
  );
});
