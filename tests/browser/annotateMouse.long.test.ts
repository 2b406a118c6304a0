/// <reference lib="dom" />

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '@dossier/seed-format/authoring';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chromium } from '../support/needs.js';
import { type AnnotatedFolder, serveFolder, writeDocument } from './annotatePage.js';
import { launch } from './chromium.js';

const CLAIM = 'peat exports came to 12.5 million euros in 1900, “a record without equal”';
const PARAGRAPHS = [
  'Peat from Zenda',
  'Strelsau Gazette, 3 May 2031',
  `Countess Helga told Radio Sund on Friday that ${CLAIM}.`,
];

/** Selects words with the mouse, from their first character to their last. */
async function select(page: Page, words: string): Promise<void> {
  // Words that are selected would be dragged.
  await page
    .getByText(PARAGRAPHS[1] as string, { exact: true })
    .first()
    .click();
  const [from, to] = await page.evaluate((wanted) => {
    const run = [...document.querySelectorAll('.text bdi')].find((each) => each.textContent?.includes(wanted));
    run?.scrollIntoView({ block: 'center' });
    const texts = document.createTreeWalker(run as Node, NodeFilter.SHOW_TEXT);
    let start = run?.textContent?.indexOf(wanted) ?? -1;
    let end = start + wanted.length;
    const range = document.createRange();
    for (let text = texts.nextNode() as Text | null; text; text = texts.nextNode() as Text | null) {
      if (start >= 0 && start < text.length) range.setStart(text, start);
      if (end > 0 && end <= text.length) range.setEnd(text, end);
      start -= text.length;
      end -= text.length;
    }
    const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)] as [DOMRect, DOMRect];
    return [
      { x: first.left + 1, y: first.top + first.height / 2 },
      { x: last.right - 1, y: last.top + last.height / 2 },
    ];
  }, words);
  await page.mouse.move(from?.x ?? 0, from?.y ?? 0);
  await page.mouse.down();
  await page.mouse.move(to?.x ?? 0, to?.y ?? 0, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.locator('#selection q').textContent()).toBe(words);
}

/** Chooses an entry of a list that is searched by name. */
async function pick(page: Page, field: string, name: string): Promise<void> {
  await page.locator(`[id="field-${field}"]`).click();
  await page.getByRole('option', { name }).first().click();
}

const enter = (page: Page, field: string, text: string) => page.locator(`[id="field-${field}"]`).fill(text);
const choose = (page: Page, field: string, option: string) =>
  page.locator(`[id="field-${field}"]`).selectOption(option);
const unfold = async (page: Page) => {
  const folded = page.locator('.record-form details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
};

async function create(page: Page, section: string): Promise<void> {
  await page.getByLabel('Another record').selectOption({ label: section });
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.locator('#form-title', { hasText: `New ${section}` }).waitFor();
}

async function save(page: Page, id: string): Promise<void> {
  const form = page.locator('.record-form');
  await expect
    .poll(async () => [
      await form.locator('.form-state').textContent(),
      ...(await form.locator('.problem-list li').allTextContents()),
    ])
    .toEqual(['No problems.']);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(`Saved ${id}.`).waitFor();
}

describe.skipIf(chromium.isMissing)('the annotation page, with the mouse', chromium.options, () => {
  let browser: Browser;
  let folder: AnnotatedFolder;
  let served: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    browser = await launch();
    folder = writeDocument(PARAGRAPHS);
    const write = (name: string, source: string) => {
      mkdirSync(join(folder.seedsDir, 'register'), { recursive: true });
      writeFileSync(join(folder.seedsDir, 'register', name), source);
    };
    write(
      'actors.yaml',
      `actors:
  - { id: zenda, kind: POLITY, status: SOVEREIGN_STATE, name: Zenda, references: [{ title: General knowledge }] }
  - { id: helga, kind: PERSON, name: Countess Helga, references: [{ title: General knowledge }] }
  - { id: radio-sund, kind: MEDIA_OUTLET, name: Radio Sund, references: [{ title: General knowledge }] }
`,
    );
    write(
      'sanctions.yaml',
      `regimes:
  - { id: peat-measures, name: Measures on peat, references: [{ title: Gazette }] }
instruments:
  - { id: act-1, symbol: A/1, title: Act 1, regime: peat-measures, adoptedOn: { edtf: "1900-01-01", basis: BACKGROUND }, references: [{ title: Gazette }] }
provisions:
  - { instrument: act-1, paragraph: "2", measure: IMPORT_BAN, direction: FROM_TARGET, summary: Closes markets., inForceFrom: "1900-01-01", references: [{ title: Gazette }] }
`,
    );
    served = await serveFolder(folder, 'zenda-1');
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it('records a statement with speaker and relay chain, its quotation, its figure and a link to a provision', async () => {
    const { page, troubles } = await served.open(browser);

    await select(page, CLAIM);
    await page.getByRole('button', { name: 'Statement', exact: true }).click();
    await enter(page, 'summary', 'Sales of turf abroad are put at a new height.');
    await choose(page, 'kind', 'STATISTIC');
    await choose(page, 'modality', 'ASSERTED');
    await choose(page, 'attribution-status', 'EXPLICIT');
    await enter(page, 'saidOn-edtf', '2031-05-02');
    await choose(page, 'saidOn-basis', 'INFERRED');
    await unfold(page);
    await page.getByRole('button', { name: 'Add a speaker' }).click();
    await pick(page, 'attribution-speakers-0', 'Countess Helga');
    await page.getByRole('button', { name: 'Add a carrier' }).click();
    await pick(page, 'attribution-relayChain-0-carrier', 'Radio Sund');
    await page.getByRole('button', { name: 'Add a carrier' }).click();
    await pick(page, 'attribution-relayChain-1-carrier', 'Strelsau Gazette');
    await save(page, 'S301');

    await select(page, 'a record without equal');
    await page.getByRole('button', { name: 'Quotation', exact: true }).click();
    await choose(page, 'kind', 'PARTIAL');
    await enter(page, 'level', '1');
    await page.locator('[id="field-speakerIsCertain"]').check();
    await choose(page, 'translationBasis', 'DOCUMENT');
    await unfold(page);
    await pick(page, 'speaker', 'Countess Helga');
    await save(page, 'Q301');

    await select(page, 'peat exports came to 12.5 million euros in 1900');
    await create(page, 'figure');
    await choose(page, 'measure', 'TRADE_VALUE');
    await choose(page, 'flow', 'EXPORT');
    await enter(page, 'period-edtf', '1900');
    await choose(page, 'period-basis', 'STATED');
    await unfold(page);
    await pick(page, 'reporter', 'Zenda');
    await enter(page, 'value', '12500000');
    await enter(page, 'statedAs', '12.5 million euros');
    await enter(page, 'unit', 'EUR');
    await choose(page, 'qualifier', 'EXACT');
    await save(page, 'F301');

    await select(page, 'peat exports');
    await create(page, 'link to a provision');
    await unfold(page);
    await pick(page, 'provision', 'act-1/2');
    await choose(page, 'relation', 'POSSIBLE_BREACH');
    await choose(page, 'confidence', 'LOW');
    await enter(page, 'rationale', 'The paragraph closes markets for it.');
    await choose(page, 'basis', 'ANALYST');
    await save(page, 'L301');

    const { statements, quotations } = parse(folder.read('statements.yaml'));
    expect(statements[0].attribution).toEqual({
      status: 'EXPLICIT',
      speakers: ['helga'],
      relayChain: [{ carrier: 'radio-sund' }, { carrier: 'gazette' }],
    });
    expect(quotations[0]).toMatchObject({ kind: 'PARTIAL', speaker: 'helga', statements: ['S301'] });
    expect(parse(folder.read('trade.yaml')).figures[0]).toMatchObject({ value: '12500000', statement: 'S301' });
    expect(parse(folder.read('sanctions.yaml')).links[0]).toMatchObject({ statement: 'S301', provision: 'act-1/2' });
    expect(readFolder(folder.seedsDir, 'zenda-1', { documentsDir: folder.documentsDir }).problems).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
