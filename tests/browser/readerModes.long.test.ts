/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, startExample } from '../support/exampleGraph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { DESKTOP, openReader, overflow } from './readerPage.js';

const VIEWS = {
  overview: '',
  document: `document?document=document:${EXAMPLE}`,
  statement: `said?statement=statement:${EXAMPLE}/S02`,
  tensions: `tensions?document=document:${EXAMPLE}`,
  timeline: 'timeline?window=all',
  sanctions: 'sanctions?on=2031-01-01',
  trade: 'trade',
  network: 'network',
};

/** How the columns of a histogram are drawn. */
const fillsOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((histogram) => {
    const look = (name: string): string => {
      const column = histogram.querySelector(name);
      if (!column) return 'missing';
      const { backgroundColor, boxShadow } = getComputedStyle(column);
      return backgroundColor === 'rgba(0, 0, 0, 0)' ? (boxShadow === 'none' ? 'nothing' : 'hollow') : 'full';
    };
    return { events: look('.histogram-events'), statements: look('.histogram-said') };
  });

describe.skipIf(chromium.isMissing)('the reader in other modes', chromium.options, () => {
  const running = graphInBrowser(startExample);

  it('prints every view with its address, day and revision, without controls, and with nothing cut off or closed', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url, {
      ...DESKTOP,
      viewport: { width: 720, height: 1000 },
    });
    for (const [name, hash] of Object.entries(VIEWS)) {
      await open(hash);
      await page.locator('.provenance').waitFor();

      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));

      expect(await page.locator('.provenance').textContent(), name).toMatch(
        /reader.* · \d+ \w+ \d{4} · revision [a-z]+ [0-9a-f]+/,
      );
      expect(
        await page.locator('button:not(.term-word):visible, input:visible, select:visible, nav:visible').count(),
        name,
      ).toBe(0);
      expect(await overflow(page), name).toBeLessThanOrEqual(0);
      expect(await page.locator('main details:not(.cite, .tool, .legend):not([open])').count(), name).toBe(0);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      await page.emulateMedia({ media: 'screen' });
    }
  });

  it.each([
    ['print', { media: 'print' }],
    ['forced colours', { forcedColors: 'active' }],
  ] as const)('distinguishes occurred, planned, alleged and inferred without colour: %s', async (_mode, media) => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('timeline?window=all');
    await page.emulateMedia(media);

    const looks = await page.locator('.legend-line .bar').evaluateAll((bars) =>
      bars.map((bar) => {
        const { backgroundImage, backgroundColor, borderTopStyle, maskImage, height, printColorAdjust } =
          getComputedStyle(bar);
        // Only whether there is a colour: all colours are one.
        const fill = backgroundColor === 'rgba(0, 0, 0, 0)' ? 'none' : 'full';
        const pattern = backgroundImage.replace(/rgba?\([^)]*\)/g, 'colour');
        const arrow = getComputedStyle(bar, '::after').content;
        return { look: [fill, pattern, borderTopStyle, maskImage, height, arrow].join(' '), printColorAdjust };
      }),
    );

    expect(await fillsOf(page, '.histogram')).toEqual({ events: 'full', statements: 'hollow' });
    expect(looks.length).toBeGreaterThanOrEqual(8);
    expect(new Set(looks.map(({ look }) => look)).size).toBe(looks.length);
    if ('media' in media)
      expect(new Set(looks.map(({ printColorAdjust }) => printColorAdjust))).toEqual(new Set(['exact']));
  });

  it('does not move what is being read while a view is loading', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await page.addInitScript(() => {
      const shifts = globalThis as { shift?: number };
      shifts.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
          shifts.shift = (shifts.shift ?? 0) + entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const shifts: Record<string, number> = {};
    for (const [name, hash] of Object.entries(VIEWS)) {
      await open(hash);
      await page.locator('.provenance').waitFor();
      shifts[name] = await page.evaluate(() => (globalThis as { shift?: number }).shift ?? 1);
    }

    expect(Object.entries(shifts).filter(([, shift]) => shift >= 0.1)).toEqual([]);
  });

  it.each([
    ['320 px', { viewport: { width: 320, height: 640 } }],
    ['200 % zoom', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ])('fits a window of %s', async (_name, options) => {
    const { page, open } = await openReader(running.browser, running.graph.url, options);
    for (const [name, hash] of Object.entries(VIEWS)) {
      await open(hash);
      expect(await overflow(page), name).toBe(0);
    }
  });

  it.each([1280, 1080])(
    'has its name, menu and search in one row of a window of %i px, in each view',
    async (width) => {
      const { page, open } = await openReader(running.browser, running.graph.url, {
        ...DESKTOP,
        viewport: { width, height: 900 },
      });
      for (const [name, hash] of Object.entries(VIEWS)) {
        await open(hash);

        const {
          name: brand,
          menu,
          search,
        } = await page.locator('header.site').evaluate((header) => ({
          name: header.querySelector('.brand')?.getBoundingClientRect(),
          menu: header.querySelector('nav')?.getBoundingClientRect(),
          search: header.querySelector('.site-search')?.getBoundingClientRect(),
        }));

        expect(brand?.height, name).toBeLessThan(50);
        expect(menu?.height, name).toBeLessThan(50);
        expect(search && menu && search.top < menu.bottom && search.bottom > menu.top, name).toBe(true);
      }
    },
  );

  it.each(['light', 'dark'] as const)('has charts with enough contrast, %s', async (colorScheme) => {
    const { page, open } = await openReader(running.browser, running.graph.url, { ...DESKTOP, colorScheme });
    for (const view of ['trade', 'network']) {
      await open(view);
      await page.locator('svg[data-picture]').waitFor();

      const low = await page.locator('svg[data-picture]').evaluate((svg) => {
        const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
        const luminance = (colour: string) =>
          channels(colour)
            .slice(0, 3)
            .map((channel) => channel / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, index) => sum + c * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
        const contrast = (a: string, b: string) => {
          const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
          return (high + 0.05) / (low + 0.05);
        };
        const behind = (element: Element): string => {
          for (let each: Element | null = element; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (channels(colour)[3] !== 0) return colour;
          }
          return 'rgb(255, 255, 255)';
        };
        const page = behind(svg);
        const texts = [...svg.querySelectorAll('text')].map((text) => {
          const box = text.parentElement?.querySelector('rect');
          const fill = box && text.parentElement?.classList.contains('node') ? getComputedStyle(box).fill : page;
          return { what: text.textContent, ratio: contrast(getComputedStyle(text).fill, fill), least: 4.5 };
        });
        const shapes = [...svg.querySelectorAll('.gap, .whisker, .tie, .chart-zero, .node rect')].map((shape) => ({
          what: shape.getAttribute('class') ?? shape.tagName,
          ratio: contrast(getComputedStyle(shape).stroke, page),
          least: 3,
        }));
        const columns = [...svg.querySelectorAll('.column')].map((shape) => ({
          what: 'column',
          ratio: contrast(getComputedStyle(shape).fill, page),
          least: 3,
        }));
        return [...texts, ...shapes, ...columns].filter(({ ratio, least }) => ratio < least);
      });

      expect(low, view).toEqual([]);
    }
  });

  it('explains a term where it stands, by keyboard too', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('trade');
    const term = page.getByRole('button', { name: 'bounds' });

    await term.focus();
    await page.keyboard.press('Enter');
    await page.locator('.term-note:visible', { hasText: 'lowest and the highest value' }).waitFor();
    await page.keyboard.press('Escape');

    await expect.poll(() => page.locator('.term-note:visible').count()).toBe(0);
  });
});
