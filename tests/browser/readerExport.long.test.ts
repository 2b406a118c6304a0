/// <reference lib="dom" />

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningGateway } from '@dossier/gateway';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, startExample } from '../support/exampleGraph.js';
import { chromium } from '../support/needs.js';
import { launch } from './chromium.js';
import { DESKTOP, openReader } from './readerPage.js';

const STATEMENT = `statement:${EXAMPLE}/S10`;

describe.skipIf(chromium.isMissing)('what the reader exports', chromium.options, () => {
  let graph: RunningGateway;
  let browser: Browser;
  let other: Server;
  /** A page of another site, with what the graph may be embedded with. */
  let embedded = '';
  beforeAll(async () => {
    [graph, browser] = await Promise.all([startExample(), launch()]);
    other = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(embedded));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await new Promise((resolve) => other?.close(resolve));
    await browser?.close();
    await graph?.close();
  });

  const saved = async (page: Page, click: () => Promise<void>): Promise<{ name: string; content: Buffer }> => {
    const [file] = await Promise.all([page.waitForEvent('download'), click()]);
    return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
  };
  const query = async <TData>(source: string) =>
    JSON.parse(JSON.stringify(await graph.execute({ query: source }))).data as TData;

  it.each([
    ['', ['Documents']],
    [`document?document=document:${EXAMPLE}`, ['Claims of the document']],
    ['said', ['Statements that match']],
    ['tensions', ['Tensions']],
    ['timeline', ['Events']],
    ['sanctions?on=2031-01-01', ['Listings on this day', 'Provisions', 'Assessments of claims']],
    ['trade', ['Figures']],
    ['network', ['Actors', 'Statements that match']],
  ])('are the records of the view #/%s as CSV and JSON, with their ids', async (view, titles) => {
    const { page, troubles, open } = await openReader(browser, graph.url);
    await open(view);

    for (const title of titles) {
      const csv = await saved(page, () => page.getByRole('button', { name: `CSV of ${title}` }).click());
      const json = await saved(page, () => page.getByRole('button', { name: `JSON of ${title}` }).click());
      const { nodes, isComplete, revision } = JSON.parse(String(json.content)) as {
        nodes: { id: string }[];
        isComplete: boolean;
        revision: string;
      };
      const explorer = new URL((await page.locator('.tool-link').first().getAttribute('href')) ?? '');

      expect([csv.name, json.name].map((name) => name.split('.')[1])).toEqual(['csv', 'json']);
      expect(String(csv.content)).toMatch(/^\uFEFFid,/);
      expect(nodes.length, title).toBeGreaterThan(0);
      expect(isComplete).toBe(true);
      expect(revision).toMatch(/[a-z]+ [0-9a-f]{8,}/);
      expect(explorer.pathname).toBe('/');
      expect(JSON.parse(explorer.searchParams.get('variables') ?? '')).toBeTypeOf('object');
    }
    expect(troubles).toEqual([]);
  });

  it('has in its table what the graph has', async () => {
    const { page, open } = await openReader(browser, graph.url);
    await open('said?status=INHERITED_UNCERTAIN');

    const { content } = await saved(page, () => page.getByRole('button', { name: /^CSV/ }).click());
    const { statements } = await query<{
      statements: { nodes: { id: string; summary: string; citations: { id: string }[] }[] };
    }>('{ statements(filter: { attribution: [INHERITED_UNCERTAIN] }) { nodes { id summary citations { id } } } }');

    const lines = String(content).trim().split('\r\n').slice(1);
    expect(lines.length).toBe(statements.nodes.length);
    for (const [index, { id, summary, citations }] of statements.nodes.entries()) {
      expect(lines[index]?.startsWith(`${id},`)).toBe(true);
      expect(lines[index]).toContain(summary);
      for (const citation of citations) expect(lines[index]).toContain(citation.id);
    }
  });

  it('saves a chart as SVG and PNG, with its title, its source and the revision', async () => {
    const { page, troubles, open } = await openReader(browser, graph.url);
    await open('trade');
    await page.locator('svg[data-picture]').waitFor();

    const svg = await saved(page, () => page.getByRole('button', { name: 'SVG' }).click());
    const png = await saved(page, () => page.getByRole('button', { name: 'PNG' }).click());

    const drawing = String(svg.content);
    expect(drawing).toContain('Source: Dossier');
    expect(drawing.replace(/<[^>]+>/g, ' ')).toMatch(/revision/);
    expect(drawing).not.toMatch(/class=|var\(/);
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect(png.content.length).toBeGreaterThan(5000);
    expect(troubles).toEqual([]);
  });

  it('saves the timeline as a picture, with the label and the date of every row', async () => {
    const { page, troubles, open } = await openReader(browser, graph.url);
    await open('timeline?window=all');
    await page.locator('.timeline .row').first().waitFor();
    const labels = await page.locator('.row-title bdi').allTextContents();

    const svg = await saved(page, () => page.getByRole('button', { name: 'SVG' }).click());
    const png = await saved(page, () => page.getByRole('button', { name: 'PNG' }).click());

    const words = String(svg.content)
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter((label) => !words.includes(label.replace(/\s+/g, ' ')))).toEqual([]);
    expect(words).toMatch(/Source: Dossier.*revision/);
    expect(String(svg.content).match(/<rect /g)?.length).toBeGreaterThan(labels.length);
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect(troubles).toEqual([]);
  });

  it.each([
    ['figure', 'trade?figure=', '{ tradeFigures(first: 1) { nodes { id } } }', '.figure.is-on'],
    ['event', 'timeline?event=', '{ events(first: 1) { nodes { id } } }', '.row.is-on'],
    ['listing', 'sanctions?listing=', '{ designations(first: 1) { nodes { id } } }', '.listings .is-on'],
  ])('cites one %s, with an address that says later whether it is unchanged', async (_what, view, source, card) => {
    const { page, open } = await openReader(browser, graph.url, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const [list] = Object.values(await query<Record<string, { nodes: { id: string }[] }>>(source));
    const id = list?.nodes[0]?.id ?? '';
    await open(`${view}${id}`);
    const cite = page.locator(`${card} .cite`).last();
    await cite.locator('summary').click();
    const copied = async (form: string): Promise<string> => {
      await cite.getByRole('button', { name: form, exact: true }).click();
      await cite.locator('[role=status]', { hasText: `${form} copied.` }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };

    const [text, link] = [await copied('Text'), await copied('Link')];
    const linked = JSON.parse(await copied('JSON-LD')) as { '@id': string; identifier: string };
    await page.goto('about:blank');
    await page.goto(link);
    await page.locator(`${card} >> text=Unchanged since it was cited`).waitFor();
    await page.goto(link.replace(/digest=[0-9a-f]+/, 'digest=0000000000000000'));

    expect(text).toContain(id.slice(id.indexOf(':') + 1));
    expect(text).toMatch(/revision [0-9a-f]+, record [0-9a-f]{16}\.$/);
    expect([linked.identifier, new URL(linked['@id']).search]).toEqual([id, `?${view.split('?')[1]}${id}`]);
    await page.locator(`${card} .notice-warn`).waitFor();
  });

  it('cites a whole claim: all passages, an address that opens it, the day and the revision', async () => {
    const { page, open } = await openReader(browser, graph.url, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await open(`said?statement=${STATEMENT}`);
    const cite = page.locator('.statement > .cite').first();
    await cite.locator('summary').click();
    const copied = async (form: string): Promise<string> => {
      await cite.getByRole('button', { name: form, exact: true }).click();
      await cite.locator('[role=status]', { hasText: `${form} copied.` }).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const { statement } = await query<{ statement: { summary: string; citations: { id: string }[] } }>(
      `{ statement(id: "${STATEMENT}") { summary citations { id } } }`,
    );

    const text = await copied('Text');
    const claim = JSON.parse(await copied('JSON-LD')) as { '@id': string; appearance: { identifier: string }[] };
    const link = await copied('Link');

    expect(text).toContain(statement.summary);
    expect(text).toMatch(/Accessed \d+ \w+ \d{4}; revision [0-9a-f]+, record [0-9a-f]{16}\.$/);
    expect(claim.appearance.map(({ identifier }) => identifier)).toEqual(statement.citations.map(({ id }) => id));
    expect(await copied('BibTeX')).toContain(`urldate = {${new Date().toISOString().slice(0, 4)}`);
    await page.goto('about:blank');
    await page.goto(claim['@id']);
    await page.locator('.statement h2', { hasText: statement.summary }).waitFor();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('Unchanged since it was cited').waitFor();
  });

  it('says of a link that the record has changed since', async () => {
    const { page, open } = await openReader(browser, graph.url);

    await open(`said?statement=${STATEMENT}&digest=0000000000000000&revision=0123`);

    expect(await page.locator('.statement .notice-warn').textContent()).toContain('has changed since it was cited');
  });

  it('can be embedded in another site as a chart or a claim, and not otherwise', async () => {
    const { page, open } = await openReader(browser, graph.url);
    await open('trade');
    const series = (await page.locator('svg[data-series]').getAttribute('data-series')) ?? '';
    const slots = await page.locator('svg[data-series] .slot').count();
    const frame = (path: string) => `<iframe width="700" height="520" src="${graph.url}reader/${path}"></iframe>`;
    embedded = [`embed.html?${new URLSearchParams({ series })}`, `embed.html?statement=${STATEMENT}`, '']
      .map(frame)
      .join('');

    await page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`);
    const frames = [0, 1, 2].map((index) => page.frameLocator('iframe').nth(index));
    await frames[0]?.locator('svg .column').first().waitFor();
    await frames[1]?.locator('h1').waitFor();

    // The same columns as on the page, gaps among them, and what they mean.
    expect(await frames[0]?.locator('.slot').count()).toBe(slots);
    expect(await frames[0]?.locator('.legend-line li').count()).toBe(6);
    expect(await frames[0]?.locator('body').textContent()).toMatch(/Source: Dossier, \d+ \w+ \d{4}, revision/);
    expect(await frames[1]?.locator('a').first().getAttribute('target')).toBe('_blank');
    expect(await page.frames().at(-1)?.locator('.site').count()).toBe(0);
  });
});
