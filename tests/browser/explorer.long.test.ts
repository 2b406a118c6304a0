/// <reference lib="dom" />

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { chromium } from '../support/needs.js';
import { launch, openPage } from './chromium.js';
import { sandboxFrame } from './sandboxFrame.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SANDBOX = 'https://sandbox.embed.apollographql.com';

describe.skipIf(chromium.isMissing)('the page at /, in a browser', chromium.options, () => {
  let graph: TestGraph;
  let browser: Browser;
  beforeAll(async () => {
    [graph, browser] = await Promise.all([startGraph(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await graph?.close();
  });

  it('opens the local explorer if no other host can be reached, and runs its first operation', async () => {
    const { page, troubles, elsewhere } = await openPage(browser, graph.url);

    await page.goto(graph.url);
    await page.locator('.graphiql-query-editor', { hasText: 'ClaimsAndProvisions' }).waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window', { hasText: 'Rodion Miroshnik' }).waitFor();

    expect(await page.getByRole('status').first().textContent()).toContain('cannot be reached');
    // Only the probe of Apollo's host.
    expect(elsewhere).toEqual([`${SANDBOX}/`]);
    expect(troubles.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await page.context().close();
  });

  it('has the schema and its documentation in panes that scroll by themselves, usable by keyboard', async () => {
    const { page, troubles, elsewhere } = await openPage(browser, graph.url);
    await page.setViewportSize({ width: 1280, height: 800 });
    const pageHeight = () => page.evaluate(() => document.documentElement.scrollHeight);

    await page.goto(`${graph.url}?with=local`);
    await page.locator('.graphiql-query-editor', { hasText: 'ClaimsAndProvisions' }).waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).press('Enter');
    await page
      .locator('.graphiql-doc-explorer')
      .getByRole('link', { name: 'Query', exact: true })
      .or(page.locator('.graphiql-doc-explorer-type-name', { hasText: 'Query' }))
      .first()
      .click();
    await page.locator('.graphiql-doc-explorer', { hasText: 'tradeSeries' }).waitFor();
    const heightWithDocs = await pageHeight();
    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).press('Enter');
    await page.locator('.graphiql-explorer-root, .docExplorerWrap').first().waitFor();

    expect(heightWithDocs).toBe(800);
    await expect.poll(pageHeight).toBe(800);
    await page.getByRole('button', { name: 'Variables' }).waitFor();
    expect(elsewhere).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('has one tab, whose operation is that of the URL or the chosen one, until it is edited', async () => {
    const { page, troubles } = await openPage(browser, graph.url);

    const tabs = () => page.locator('.graphiql-tab-button').allTextContents();
    await page.goto(`${graph.url}?with=local&operation=TradeSeries`);
    await page.locator('.graphiql-query-editor', { hasText: 'query TradeSeries' }).waitFor();
    await expect.poll(tabs).toEqual(['TradeSeries']);
    await page.getByLabel('Question').selectOption('Regimes');
    await page.locator('.graphiql-query-editor', { hasText: 'query Regimes' }).waitFor();
    await expect.poll(tabs).toEqual(['Regimes']);
    await page.locator('.graphiql-query-editor .monaco-editor').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# mine');
    await page.getByLabel('Question').selectOption('ListedOn');
    await expect.poll(tabs).toEqual(['Regimes', 'ListedOn']);

    await expect.poll(() => page.url()).toContain('operation=ListedOn');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('opens with the document and variables of a GraphQL URL, and runs them on request', async () => {
    const { page, troubles } = await openPage(browser, graph.url);
    const query = 'query Kind($id: ID!) { node(id: $id) { __typename } }';
    const search = new URLSearchParams({ with: 'local', query, variables: '{"id":"person:vladimir-putin"}' });

    await page.goto(`${graph.url}graphql?${search}`);
    await page.locator('.graphiql-query-editor', { hasText: 'query Kind' }).waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window', { hasText: 'Person' }).waitFor();

    expect(new URL(page.url()).pathname).toBe('/');
    await expect.poll(() => page.locator('.graphiql-tab-button').allTextContents()).toEqual(['Kind']);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('says that there is no example of a name, until another is chosen', async () => {
    const { page } = await openPage(browser, graph.url);

    await page.goto(`${graph.url}?with=local&operation=Nope`);
    await page.locator('.graphiql-query-editor', { hasText: 'ClaimsAndProvisions' }).waitFor();
    await page.locator('#notice', { hasText: 'There is no example operation "Nope"' }).waitFor();
    await page.getByLabel('Question').selectOption('Regimes');
    await page.locator('.graphiql-query-editor', { hasText: 'query Regimes' }).waitFor();

    await expect.poll(() => page.locator('#notice').textContent()).not.toContain('Nope');
    await page.context().close();
  });

  it('describes the graph, links to its pages, and lists the example operations by audience', async () => {
    const { page } = await openPage(browser, graph.url);

    await page.goto(`${graph.url}?with=local`);
    const groups = await page
      .locator('#question optgroup')
      .evaluateAll((all) => all.map((group) => (group as HTMLOptGroupElement).label));
    await page.evaluate(axe);
    const faults = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run: (where: string) => Promise<AxeResults> } }).axe.run('header'),
    );
    await page.getByRole('link', { name: 'Read it as pages' }).click();
    await page.locator('main h1').waitFor();

    expect(groups).toEqual([
      'Journalist',
      'Sanctions analyst',
      'Economist',
      'Frontend developer',
      'Reader',
      'Assistant',
    ]);
    expect(faults.violations.map(({ id }) => id)).toEqual([]);
    expect(new URL(page.url()).pathname).toBe('/reader/');
    await page.context().close();
  });

  it('runs an operation of the group "Assistant" with variables', async () => {
    const { page, troubles } = await openPage(browser, graph.url);

    await page.goto(`${graph.url}?with=local&operation=AssistantStatement`);
    await page.locator('.graphiql-query-editor', { hasText: 'query AssistantStatement' }).waitFor();
    const group = await page
      .locator('#question option:checked')
      .evaluate((option) => option.closest('optgroup')?.label);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window', { hasText: 'statement:memri-sd-10149/S06' }).waitFor();

    expect(group).toBe('Assistant');
    expect(await page.locator('.result-window').textContent()).not.toContain('"errors"');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('lets keyboard users leave the editor, and explains how', async () => {
    const { page } = await openPage(browser, graph.url);
    await page.goto(`${graph.url}?with=local`);
    const editor = page.locator('.graphiql-query-editor', { hasText: 'ClaimsAndProvisions' });
    await editor.waitFor();

    await editor.locator('.monaco-editor').first().click();
    await page.keyboard.press('Control+m');
    await page.keyboard.press('Tab');

    await page.locator('#notice', { hasText: 'after Ctrl+M, Tab leaves it' }).waitFor();
    await page.locator('[aria-label*="Execute query"]:focus').waitFor();
    await page.context().close();
  });

  it.each([
    { width: 1280, height: 900, isUnder: false },
    { width: 390, height: 844, isUnder: true },
  ])(
    'fits a window of $width by $height, with the response beside or below the operation',
    async ({ width, height, isUnder }) => {
      const { page } = await openPage(browser, graph.url);
      await page.setViewportSize({ width, height });

      await page.goto(`${graph.url}?with=local`);
      await page.locator('.graphiql-query-editor', { hasText: 'ClaimsAndProvisions' }).waitFor();

      const size = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        height: document.documentElement.scrollHeight,
      }));
      const [editor, result] = await Promise.all([
        page.locator('.graphiql-query-editor').boundingBox(),
        page.locator('.graphiql-response').boundingBox(),
      ]);
      expect(size.width).toBe(width);
      expect(size.height).toBeLessThanOrEqual(isUnder ? 1.5 * height : height);
      expect((result?.y ?? 0) > (editor?.y ?? 0) + 200).toBe(isUnder);
      expect(result?.width ?? 0).toBeGreaterThan(250);
      await page.context().close();
    },
  );

  it("embeds Apollo Sandbox with the operation and this gateway's endpoint if its host can be reached", async () => {
    const { page, troubles, elsewhere } = await openPage(browser, graph.url, { [SANDBOX]: sandboxFrame });

    await page.goto(graph.url);
    const frame = page.frameLocator('iframe');
    await frame.locator('#answer', { hasText: 'Rodion Miroshnik' }).waitFor();
    await frame.locator('#schema', { hasText: 'Query' }).waitFor();
    const address = new URL((await page.locator('iframe').getAttribute('src')) ?? '');
    await page.getByLabel('Question').selectOption('Regimes');
    await frame.locator('#answer', { hasText: 'regime:un-dprk' }).waitFor();

    expect(address.origin).toBe(SANDBOX);
    expect(address.searchParams.get('endpoint')).toBe(`${graph.url}graphql`);
    expect(address.searchParams.get('runTelemetry')).toBe('false');
    expect(new Set(elsewhere.map((requested) => new URL(requested).origin))).toEqual(new Set([SANDBOX]));
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe('the page at /, over HTTP', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it('is small, has no inline script, and allows only scripts of this gateway', async () => {
    const response = await fetch(graph.url);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';

    expect(html.length).toBeLessThan(3000);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(policy).toMatch(/default-src 'none'; script-src 'self'; /);
    expect(policy).not.toContain('unsafe-eval');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('loads compressed files with immutable caching', async () => {
    const html = await (await fetch(graph.url)).text();
    const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(html) ?? [];

    const response = await fetch(new URL(script, graph.url), { headers: { 'accept-encoding': 'br, gzip' } });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-type')).toContain('javascript');
  });

  it('redirects a browser that opens the endpoint to the page', async () => {
    const response = await fetch(`${graph.url}graphql`, {
      headers: { accept: 'text/html,application/xhtml+xml' },
      redirect: 'manual',
    });

    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/');
  });

  it('redirects a browser that opens a GraphQL URL to the page, with its parameters', async () => {
    const search = 'query=%7B__typename%7D&variables=%7B%22a%22%3A%22%3F%22%7D';
    const send = (headers: Record<string, string>) =>
      fetch(`${graph.url}graphql?${search}`, { headers, redirect: 'manual' });

    const response = await send({ accept: 'text/html,*/*;q=0.8' });

    expect([response.status, response.headers.get('location')]).toEqual([302, `/?${search}`]);
    expect([response.headers.get('cache-control'), response.headers.get('vary')]).toEqual(['no-store', 'accept']);
    expect((await send({ accept: '*/*', 'apollo-require-preflight': '1' })).status).toBe(200);
  });

  it.each(['explorer/nothing.js', 'explorer/..%2f..%2fpackage.json', 'explorer/'])(
    'returns 404 in JSON for %s',
    async (path) => {
      const response = await fetch(graph.url + path);

      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain('json');
    },
  );
});

describe('LANDING', () => {
  it('set to explorer allows no other host', async () => {
    const graph = await startGraph({ landing: 'explorer' });

    const response = await fetch(graph.url);

    expect(response.headers.get('content-security-policy')).not.toContain('apollographql');
    expect(await response.text()).toContain('data-landing="explorer"');
    await graph.close();
  });

  it.skipIf(chromium.isMissing)('set to explorer makes no request to another host', chromium.options, async () => {
    const [graph, browser] = await Promise.all([startGraph({ landing: 'explorer' }), launch()]);
    const { page, troubles, elsewhere } = await openPage(browser, graph.url);

    await page.goto(graph.url);
    await page.locator('.graphiql-query-editor', { hasText: 'ClaimsAndProvisions' }).waitFor();

    expect(await page.locator('#sandbox').isHidden()).toBe(true);
    expect([elsewhere, troubles]).toEqual([[], []]);
    await browser.close();
    await graph.close();
  });

  it('set to none serves no page', async () => {
    const graph = await startGraph({ landing: 'none' });

    const answers = await Promise.all(['', 'explorer/icon.svg'].map((path) => fetch(graph.url + path)));

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    await graph.close();
  });
});
