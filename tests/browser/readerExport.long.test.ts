/// <reference lib="dom" />

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operations } from '@dossier/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, startExample } from '../support/exampleGraph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { readCsv } from './readCsv.js';
import { COPYING, copyCitation, openReader, savedFile } from './readerPage.js';

const STATEMENT = `statement:${EXAMPLE}/S10`;

describe.skipIf(chromium.isMissing)('what the reader exports', chromium.options, () => {
  const running = graphInBrowser(startExample);
  let other: Server;
  /** A page of another site, with what the graph may be embedded with. */
  let embedded = '';
  beforeAll(async () => {
    other = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(embedded));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => other?.close(resolve));
  });

  const query = async <TData>(source: string) =>
    JSON.parse(JSON.stringify(await running.graph.execute({ query: source }))).data as TData;

  it.each([
    ['', ['Documents', 'Topics']],
    [`document?document=document:${EXAMPLE}`, ['Claims of the document', 'Quotations', 'Tensions', 'Cautions']],
    ['documents?words=quelmark', ['Documents']],
    ['said', ['Statements that match']],
    [`said?statement=${STATEMENT}`, ['This statement', 'Statements that match']],
    ['tensions', ['Tensions', 'Cautions']],
    [`tensions?document=document:${EXAMPLE}`, ['Tensions', 'Cautions']],
    [`tensions?tension=tension:${EXAMPLE}/T01`, ['Statements side by side']],
    [`tensions?compare=statement:${EXAMPLE}/S03,statement:${EXAMPLE}/S08`, ['Statements side by side']],
    ['timeline?window=all', ['Events', 'Statements on these days']],
    [
      'sanctions?on=2031-01-01',
      [
        'Listings on this day',
        'Listings on any day',
        'Provisions',
        'Regimes',
        'Assessments of claims against provisions and regimes',
      ],
    ],
    ['sanctions?provision=provision:nhc-resolution-41/7', ['Assessments of claims against this record']],
    ['sanctions?regime=regime:nhc-low-marn', ['Assessments of claims against this record']],
    ['trade', ['Figures']],
    ['trade?of=polity:quelmark', ['Figures of the actor']],
    ['network', ['Actors', 'Statements that match', 'Figures']],
    ['network?actor=polity:quelmark', ['Ties of these actors']],
    [
      'actor?id=polity:quelmark',
      [
        'Names, offices, affiliations and listings',
        'Statements, with the role of the actor',
        'Events of the actor',
        'Figures of the actor',
        'Mentions',
      ],
    ],
    ['place?id=place:port-arrowen', ['Names and affiliations', 'Events at the place', 'Mentions']],
    ['instrument?id=instrument:nhc-resolution-41', ['This legal act', 'Provisions']],
    ['search?q=quelmark', ['Actors found', 'Statements found', 'Documents found']],
    ['search?q=arrowen', ['Places found']],
    ['search?in=instruments', ['Legal acts']],
  ])('are the records of the view %s as CSV and JSON, with their ids', async (view, titles) => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open(view);

    for (const title of titles) {
      const save = (format: string) =>
        savedFile(page, () => page.getByRole('button', { name: `${format} of ${title}`, exact: true }).click());
      const [csv, json] = [await save('CSV'), await save('JSON')];
      const { nodes, isComplete, revision } = JSON.parse(String(json.content)) as {
        nodes: unknown[];
        isComplete: boolean;
        revision: string;
      };
      const [header, ...rows] = readCsv(String(csv.content));

      expect([csv.name, json.name].map((name) => name.split('.')[1])).toEqual(['csv', 'json']);
      expect(header?.[0]).toBe('id');
      expect(rows.length, title).toBeGreaterThan(0);
      for (const row of rows) expect([row.length, row[0]]).toEqual([header?.length, expect.stringMatching(/./)]);
      expect(nodes.length, title).toBeGreaterThan(0);
      expect(isComplete).toBe(true);
      expect(revision).toMatch(/[a-z]+ [0-9a-f]{8,}/);
    }
    for (const link of await page.locator('.tool-link').all()) {
      const explorer = new URL((await link.getAttribute('href')) ?? '');
      expect(explorer.pathname).toBe('/');
      const operation = operations.find(({ name }) => name === explorer.searchParams.get('operation'));
      for (const name of Object.keys(JSON.parse(explorer.searchParams.get('variables') ?? '')))
        expect(operation?.text).toContain(`$${name}:`);
    }
    expect(await page.getByText('A file is made of at most 10,000 records.').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  const idsOf = async (address: string, title: string): Promise<string[]> => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open(address);
    const { content } = await savedFile(page, () =>
      page.getByRole('button', { name: `CSV of ${title}`, exact: true }).click(),
    );
    const [, ...rows] = readCsv(String(content));
    return rows.map(([id = '']) => id);
  };

  it('has everything that the page of an actor shows', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('actor?id=person:ilvane-torrusk');

    const { content } = await savedFile(page, () => page.getByRole('button', { name: /^CSV of Names/ }).click());
    const shown = await page.locator('.actor-page').textContent();

    const [header = [], ...rows] = readCsv(String(content));
    const facts = rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
    const of = (fact: string) => facts.filter((each) => each['fact'] === fact).map((each) => each['value']);
    expect(of('NAME')).toEqual(['Ilvane Torrusk']);
    expect(of('ALIAS')).toEqual(['Torrusk', 'Илване Торруск']);
    expect(of('OFFICE')).toEqual(['harbour minister']);
    expect(of('KIN')).toEqual(['cousin']);
    for (const { value } of facts) expect(shown).toContain(value);
    expect(facts.find(({ fact }) => fact === 'OFFICE')).toMatchObject({
      record_id: `office:${EXAMPLE}/O01`,
      other_id: 'polity:quelmark',
      from: '2031-04-09',
      citations: `citation:${EXAMPLE}#char=316,344`,
    });
  });

  it.each([
    [
      'said?speaker=person:ilvane-torrusk',
      'Statements that match',
      '{ list: statements(filter: { speaker: "person:ilvane-torrusk" }) { nodes { id } } }',
    ],
    [
      `document?statement=statement:${EXAMPLE}/S04`,
      'Claims of the document',
      `{ list: statements(filter: { document: "document:${EXAMPLE}" }, first: 100) { nodes { id } } }`,
    ],
    [
      'timeline?window=2030-01-01,2030-12-31',
      'Events',
      '{ list: events(filter: { from: "2030-01-01", until: "2030-12-31" }) { nodes { id } } }',
    ],
    [
      'timeline?window=all&status=PLANNED',
      'Events',
      '{ list: events(filter: { status: [PLANNED] }) { nodes { id } } }',
    ],
    [
      'trade?of=polity:ostrenza',
      'Figures of the actor',
      '{ actor(id: "polity:ostrenza") { list: tradeFigures { nodes { id } } } }',
    ],
    [
      'sanctions?on=2031-01-01',
      'Listings on this day',
      '{ list: designations(filter: { asOf: "2031-01-01" }) { nodes { id } } }',
    ],
    [
      'instrument?id=instrument:nhc-resolution-36',
      'Provisions',
      '{ list: provisions(filter: { instrument: "instrument:nhc-resolution-36" }) { nodes { id } } }',
    ],
  ])('are what the filter of %s selects', async (address, title, source) => {
    type List = { nodes: { id: string }[] };
    const data = await query<{ list?: List; actor?: { list: List } }>(source);

    const ids = await idsOf(address, title);

    expect(ids).toEqual((data.list ?? data.actor?.list)?.nodes.map(({ id }) => id));
  });

  it('has in its table what the graph has', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('said?status=INHERITED_UNCERTAIN');

    const { content } = await savedFile(page, () => page.getByRole('button', { name: /^CSV/ }).click());
    const { statements } = await query<{
      statements: { nodes: { id: string; summary: string; citations: { id: string }[] }[] };
    }>('{ statements(filter: { attribution: [INHERITED_UNCERTAIN] }) { nodes { id summary citations { id } } } }');

    const [header = [], ...rows] = readCsv(String(content));
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    expect(column('id')).toEqual(statements.nodes.map(({ id }) => id));
    expect(column('summary')).toEqual(statements.nodes.map(({ summary }) => summary));
    expect(column('citations')).toEqual(
      statements.nodes.map(({ citations }) => citations.map(({ id }) => id).join('; ')),
    );
  });

  it.each([
    [
      'trade',
      'Quelmark with Low Marn',
      ['stated', 'computed', 'mentioned without a number', 'no figure', 'bounds', 'the true value is further that way'],
    ],
    [
      'timeline?window=all',
      'Timeline,',
      ['occurred', 'planned', 'alleged', 'statements', 'dots or crossed lines: the date is inferred'],
    ],
    ['network?actor=polity:quelmark', 'Ties of Quelmark', ['state or territory', 'traded with']],
  ])('saves the chart of %s as SVG and PNG that are understood alone', async (view, title, key) => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open(view);

    const save = (format: string) =>
      savedFile(page, () => page.getByRole('button', { name: `${format} of ${title}` }).click());
    await page.locator('main [data-key]').first().waitFor();
    const [svg, png] = [await save('SVG'), await save('PNG')];

    const drawing = String(svg.content);
    const words = drawing.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    for (const text of [title, ...key]) expect(words).toContain(text);
    expect(words).toMatch(/Source: Dossier.*revision/);
    expect(drawing).not.toMatch(/class=|var\(/);
    // The pages themselves do not parse text as markup.
    const plain = await running.browser.newPage();
    const marks = await plain.evaluate((source) => {
      const root = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
      const ids = new Set([...root.querySelectorAll('[id]')].map(({ id }) => id));
      const used = [...source.matchAll(/url\(&quot;#([^&]+)&quot;\)|url\(#([^)]+)\)/g)].map(([, a, b]) => a ?? b ?? '');
      return { count: root.querySelectorAll(':scope > svg').length - 1, missing: used.filter((id) => !ids.has(id)) };
    }, drawing);
    expect(marks).toEqual({ count: await page.locator('main [data-key]').count(), missing: [] });
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect(png.content.length).toBeGreaterThan(5000);
    expect(troubles).toEqual([]);
  });

  it('offers no file of a list without records', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);

    for (const [view, name] of [
      ['said?speaker=person:nobody', 'Statements that match'],
      ['actor?id=person:ilvane-torrusk', 'Figures of the actor'],
      ['actor?id=person:nobody', 'Events of the actor'],
      ['actor?id=person:nobody', 'Names, offices, affiliations and listings'],
      ['tensions?document=document:nobody', 'Tensions'],
      ['documents?words=nothinghasthis', 'Documents'],
      ['sanctions?on=1900-01-01', 'Listings on this day'],
      ['sanctions?provision=provision:nobody', 'Assessments of claims against this record'],
      ['timeline?window=1800-01-01,1800-12-31', 'Events'],
      ['network?actor=person:nobody', 'Ties of these actors'],
      ['search?q=nothinghasthis', 'Statements found'],
      ['trade?of=person:ilvane-torrusk', 'Figures of the actor'],
    ] as const) {
      await open(view);
      const line = page.locator('.page-tools li', { hasText: `${name}:` });
      await expect.poll(() => line.textContent(), { message: view }).toContain('nothing recorded');
      expect(await line.getByRole('button').count(), view).toBe(0);
    }

    expect(troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
  });

  it('says instead of saving a file that nothing is recorded, if that was not known before', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    const saved: string[] = [];
    page.on('download', (file) => saved.push(file.suggestedFilename()));
    await page.route('**/graphql', (route) => route.abort());
    await open('said?speaker=person:nobody');
    await page.unrouteAll({ behavior: 'wait' });

    for (const format of ['CSV', 'JSON']) {
      await page.getByRole('button', { name: `${format} of Statements that match` }).click();
      await page.locator('.page-tools [role=status]', { hasText: 'Nothing is recorded here' }).waitFor();
    }

    expect(saved).toEqual([]);
  });

  it('offers no picture of a view without a chart', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open('network?actor=person:nobody');
    await page.locator('.page-tools').waitFor();

    expect(await page.getByRole('button', { name: /^(SVG|PNG)/ }).count()).toBe(0);
  });

  it('saves the timeline as a picture, with the label and the date of every row', async () => {
    const { page, troubles, open } = await openReader(running.browser, running.graph.url);
    await open('timeline?window=all');
    await page.locator('.timeline .row').first().waitFor();
    const labels = await page.locator('.row-title bdi').allTextContents();

    const svg = await savedFile(page, () => page.getByRole('button', { name: 'SVG' }).click());
    const png = await savedFile(page, () => page.getByRole('button', { name: 'PNG' }).click());

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
    const { page, open } = await openReader(running.browser, running.graph.url, COPYING);
    const [list] = Object.values(await query<Record<string, { nodes: { id: string }[] }>>(source));
    const id = list?.nodes[0]?.id ?? '';
    await open(`${view}${id}`);
    const cite = page.locator(`${card} .cite`).last();
    const copied = (form: string) => copyCitation(cite, form);

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
    const { page, open } = await openReader(running.browser, running.graph.url, COPYING);
    await open(`said?statement=${STATEMENT}`);
    const cite = page.locator('.statement > .cite').first();
    const copied = (form: string) => copyCitation(cite, form);
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
    const { page, open } = await openReader(running.browser, running.graph.url);

    await open(`said?statement=${STATEMENT}&digest=0000000000000000&revision=0123`);

    expect(await page.locator('.statement .notice-warn').textContent()).toContain('has changed since it was cited');
  });

  it('can be embedded in another site as a chart or a claim, and not otherwise', async () => {
    const { page, open } = await openReader(running.browser, running.graph.url);
    await open('trade');
    const series = (await page.locator('svg[data-series]').getAttribute('data-series')) ?? '';
    const slots = await page.locator('svg[data-series] .slot').count();
    const frame = (path: string) =>
      `<iframe width="700" height="520" src="${running.graph.url}reader/${path}"></iframe>`;
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
