/// <reference lib="dom" />

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chromium } from '../support/needs.js';
import { type AnnotatedFolder, PARAGRAPHS, serveFolder, writeDocument } from './annotatePage.js';
import { launch } from './chromium.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA, by rule and place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    RULES,
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element ? `${element.id} ${element.textContent?.trim().slice(0, 60)}` : '';
  });

/** Presses Tab until an element has the focus whose label, text or id is this. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press('Tab');
    const [id, label] = await page.evaluate((): [string, string] => {
      const element = document.activeElement as HTMLInputElement | null;
      const text =
        element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      return [element?.id ?? '', text.trim()];
    });
    if (id === name || label.replace(' (required)', '') === name) return;
  }
  throw new Error(`No "${name}" can be reached with Tab from ${await focused(page)}.`);
}

/** Watches for a form from now on. Returns what tells whether the focus was in it as soon as it was there, before any other key. */
async function watchFocus(page: Page, selector: string): Promise<() => Promise<boolean>> {
  const watched = await page.evaluateHandle((form) => {
    let isFocused: boolean | null = null;
    new MutationObserver(() => {
      isFocused ??= document.querySelector(form)?.contains(document.activeElement) ?? null;
    }).observe(document.body, { childList: true, subtree: true });
    return () => isFocused;
  }, selector);
  return async () => {
    await page.locator(selector).waitFor();
    return (await watched.evaluate((isFocused) => isFocused())) === true;
  };
}

/** Chooses an option of a list with the focus by typing its name, as keyboards do. */
const choose = async (page: Page, label: string, value: string): Promise<void> => {
  await tabTo(page, label);
  await page.keyboard.type(value);
};

const positionOf = (words: string): [number, number] => {
  const text = PARAGRAPHS.join('\n\n');
  const start = [...text.slice(0, text.indexOf(words))].length;
  return [start, start + [...words].length];
};
const passageOf = (words: string) => ({
  at: positionOf(words),
  digest: createHash('sha256').update(words).digest('hex').slice(0, 16),
});

describe.skipIf(chromium.isMissing)('the annotation page', chromium.options, () => {
  let browser: Browser;
  let folder: AnnotatedFolder;
  let served: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = writeDocument();
    served = await serveFolder(folder, 'zenda-1');
  });
  afterEach(() => served.close());

  it('records a statement with a new actor by keyboard alone, from the selection to the file', async () => {
    const { page, troubles } = await served.open(browser);
    const actors = folder.read('actors.yaml');

    // To the third paragraph, over the emoji, and its first sentence.
    await page.locator('.text').focus();
    await page.keyboard.press('Control+Home');
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+ArrowUp');
    await page.keyboard.press('Shift+Alt+ArrowDown');
    const isFormFocused = await watchFocus(page, '.record-form');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await isFormFocused()).toBe(true);
    await tabTo(page, 'Summary');
    await page.keyboard.type('A crossing is promised: "soon"');
    await choose(page, 'Kind', 'PLAN');
    await choose(page, 'Modality', 'PLANNED');
    await choose(page, 'Status', 'EXPLICIT');
    await tabTo(page, '5 more fields: Speakers, Candidates, Imputed to, Imputed by, Relay chain');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Add a speaker');
    await page.keyboard.press('Enter');
    await page.locator('[id="field-attribution-speakers-0"]:focus').waitFor();
    await page.keyboard.type('Maren Halvek');
    const isActorFocused = await watchFocus(page, '.new-actor');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await isActorFocused()).toBe(true);
    await tabTo(page, 'Kind');
    await page.keyboard.type('PERSON');
    await tabTo(page, 'Create');
    await page.keyboard.press('Enter');
    await page.locator('.new-actor').waitFor({ state: 'detached' });
    await tabTo(page, 'Add a carrier');
    await page.keyboard.press('Enter');
    await page.locator('[id="field-attribution-relayChain-0-carrier"]:focus').waitFor();
    await page.keyboard.type('gaz');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, 'field-saidOn-edtf');
    await page.keyboard.type('2031-05-02');
    await choose(page, 'field-saidOn-basis', 'INFERRED');
    await expect.poll(() => page.locator('.form-state').textContent()).not.toBe('Checking…');
    expect(await page.locator('.record-form .problem-list li').allTextContents()).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Saved S301.').waitFor();

    const sentence = /^.*?again\./u.exec(PARAGRAPHS[2] ?? '')?.[0] ?? '';
    expect(parse(folder.read('statements.yaml')).statements).toEqual([
      {
        id: 'S301',
        summary: 'A crossing is promised: "soon"',
        kind: 'PLAN',
        modality: 'PLANNED',
        attribution: { status: 'EXPLICIT', speakers: ['maren-halvek'], relayChain: [{ carrier: 'gazette' }] },
        saidOn: { edtf: '2031-05-02', basis: 'INFERRED' },
        passages: [passageOf(sentence)],
      },
    ]);
    expect(folder.read('actors.yaml').replace(actors, '')).toBe(
      `\n  - id: maren-halvek\n    kind: PERSON\n    name: Maren Halvek\n    mentions:\n      - { form: NAME, at: [${positionOf('Maren Halvek').join(', ')}], digest: "${passageOf('Maren Halvek').digest}" }\n`,
    );
    expect(folder.read('statements.yaml')).not.toContain('would sail');
    // The focus is in the text again.
    await page.locator('.text:focus').waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('moves by whole characters through emoji, marks, Hangul and Arabic', async () => {
    const { page } = await served.open(browser);
    /** Selects by keys from where some words begin. */
    const select = async (words: string, keys: string[], expected: string | undefined) => {
      await page.evaluate((wanted) => {
        const runs = [...document.querySelectorAll('bdi[data-start]')];
        const node = runs.find((run) => run.textContent?.includes(wanted))?.firstChild as Text;
        document.querySelector<HTMLElement>('.text')?.focus();
        const at = node.data.indexOf(wanted);
        document.getSelection()?.setBaseAndExtent(node, at, node, at);
      }, words);
      await page.getByText(`Caret at ${positionOf(words)[0]}.`).waitFor();
      for (const key of keys) await page.keyboard.press(key);
      await expect.poll(() => page.locator('#selection q').textContent()).toBe(expected);
    };

    await select('👩‍👧', ['Shift+ArrowRight'], '👩‍👧');
    await select('e\u0301e', ['Shift+ArrowRight'], 'e\u0301');
    await select('글'.normalize('NFD'), ['Shift+ArrowRight'], '글'.normalize('NFD'));
    // To the left is forward.
    await select('الملك', ['Control+Shift+ArrowLeft'], 'الملك');
    await select('Orsin', ['w'], 'Orsin');
    await select('Orsin', ['e'], PARAGRAPHS[4]);
    // Not out of the paragraph.
    await select('Orsin', ['Control+Shift+Home'], 'Duke ');
    await page.context().close();
  });

  it('records a mention by mouse, shows it, and undoes it', async () => {
    const { page, troubles } = await served.open(browser);
    const before = folder.read('actors.yaml');

    await page.locator('.paragraph').nth(4).scrollIntoViewIfNeeded();
    await page.getByText('Duke Orsin denied').dblclick({ position: { x: 8, y: 8 } });
    await page.keyboard.down('Shift');
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.up('Shift');
    await expect.poll(() => page.locator('#selection q').textContent()).toBe('Duke Orsin');
    await page.getByRole('button', { name: 'Mention', exact: true }).click();
    await page.getByRole('combobox', { name: 'Actor or place' }).fill('Duke Orsin');
    await page.getByRole('option', { name: /Create the actor/ }).click();
    await page.locator('.new-actor').getByLabel('Kind').selectOption('PERSON');
    await page.getByRole('button', { name: 'Create', exact: true }).last().click();
    await page.locator('.new-actor').waitFor({ state: 'detached' });

    expect(parse(folder.read('actors.yaml')).actors[1]).toEqual({
      id: 'duke-orsin',
      kind: 'PERSON',
      name: 'Duke Orsin',
      mentions: [{ form: 'NAME', ...passageOf('Duke Orsin') }],
    });
    await page.locator('.in-record', { hasText: 'Duke Orsin' }).waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('Undone: add actors duke-orsin.').waitFor();
    expect(folder.read('actors.yaml')).toBe(before);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('has no violation of WCAG 2.2 AA, with a form, problems and proposals, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await served.open(browser, { colorScheme });
      await page.getByText('Duke Orsin denied').dblclick({ position: { x: 8, y: 8 } });
      await page.getByRole('button', { name: 'Statement', exact: true }).click();
      await page.getByText(/\d problems\./).waitFor();
      expect(await violations(page), `form, ${colorScheme}`).toEqual([]);
      for (const name of ['Records', 'Problems', 'Proposals']) {
        await page.getByRole('tab', { name }).click();
        if (name === 'Proposals') {
          await page.getByRole('button', { name: /Make proposals|Propose again/ }).click();
          await page.locator('.proposals li').first().waitFor();
        }
        expect(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
      }
      await page.context().close();
    }
  });
});
