/// <reference lib="dom" />

import { chmodSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chromium } from '../support/needs.js';
import { type AnnotatedFolder, copyExample, serveFolder } from './annotatePage.js';
import { launch } from './chromium.js';

const openStatement = async (page: Page, id: string): Promise<void> => {
  await page.getByRole('tab', { name: /^Records/ }).click();
  await page.locator('[role="tabpanel"] .record-button', { hasText: new RegExp(`^${id} `) }).click();
  await page.locator('#form-title', { hasText: id }).waitFor();
};

describe.skipIf(chromium.isMissing)('the annotation page of the example', chromium.options, () => {
  let browser: Browser;
  let folder: AnnotatedFolder;
  let served: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    browser = await launch();
    folder = copyExample();
    served = await serveFolder(folder, 'salt-strait-77');
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  const statement = (id: string) =>
    parse(folder.read('statements.yaml')).statements.find((each: { id: string }) => each.id === id);

  it('shows a statement as the graph will serve it, and again after it was changed', async () => {
    const { page, troubles } = await served.open(browser);

    await page.getByRole('tab', { name: 'Preview' }).click();
    await page.getByLabel('Statement', { exact: true }).selectOption('S02');
    await page.locator('.preview h2', { hasText: 'The harbour minister promises' }).waitFor();
    await page.locator('.preview blockquote').first().waitFor();

    await openStatement(page, 'S02');
    await page.getByLabel('Summary').fill('A first shipment is promised for April.');
    await page.getByText('No problems.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved S02.').waitFor();
    await page.getByRole('tab', { name: 'Preview' }).click();
    await page.locator('.preview h2', { hasText: 'A first shipment is promised for April.' }).waitFor();

    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('keeps the input of a form while another tab changes the same record and a file is edited by hand', async () => {
    const [{ page: one }, { page: two }] = await Promise.all([served.open(browser), served.open(browser)]);
    await openStatement(one, 'S04');
    await one.getByLabel('Summary').fill('The minister brushes complaints aside.');

    await openStatement(two, 'S04');
    await two.locator('.record-form > .more-fields > summary').click();
    await two.getByLabel('Venue').fill('on the air');
    await two.getByText('No problems.').waitFor();
    await two.getByRole('button', { name: 'Save', exact: true }).click();
    await two.getByText('Saved S04.').waitFor();
    writeFileSync(
      join(folder.seedsDir, 'salt-strait-77/statements.yaml'),
      `# By hand.\n${folder.read('statements.yaml')}`,
    );
    // Whether or not it has noticed yet, it does not overwrite either.
    await one.getByText('No problems.').waitFor();
    await one.getByRole('button', { name: 'Save', exact: true }).click();
    await one.getByText(/Saved S04|in the meantime/).waitFor();
    if (await one.getByText(/in the meantime/).isVisible()) {
      await one.getByRole('button', { name: 'Save', exact: true }).click();
      await one.getByText('Saved S04.').waitFor();
    }

    expect(statement('S04')).toMatchObject({ summary: 'The minister brushes complaints aside.', venue: 'on the air' });
    expect(folder.read('statements.yaml')).toMatch(/^# By hand\.\n/);
    await Promise.all([one.context().close(), two.context().close()]);
  });

  it('says so if a file is write-protected, and keeps the input', async () => {
    const { page } = await served.open(browser);
    await openStatement(page, 'S05');
    chmodSync(join(folder.seedsDir, 'salt-strait-77/statements.yaml'), 0o444);

    await page.getByLabel('Summary').fill('Not to be lost.');
    await page.getByText('No problems.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('statements.yaml is write-protected').waitFor();

    expect(await page.getByLabel('Summary').inputValue()).toBe('Not to be lost.');
    chmodSync(join(folder.seedsDir, 'salt-strait-77/statements.yaml'), 0o644);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved S05.').waitFor();
    expect(statement('S05').summary).toBe('Not to be lost.');
    await page.context().close();
  });

  it('says with a code that a file cannot be written, and keeps the input', async () => {
    const { page } = await served.open(browser);
    const blocking = join(folder.seedsDir, 'salt-strait-77/.statements.yaml.tmp');
    await openStatement(page, 'S06');
    mkdirSync(blocking);

    await page.getByLabel('Summary').fill('Not to be lost either.');
    await page.getByText('No problems.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/cannot be written \(\w+\), so nothing was changed\. \(WRITE_FAILED\)/).waitFor();

    expect(await page.getByLabel('Summary').inputValue()).toBe('Not to be lost either.');
    rmdirSync(blocking);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved S06.').waitFor();
    expect(statement('S06').summary).toBe('Not to be lost either.');
    await page.context().close();
  });

  it('accepts, edits and rejects proposals', async () => {
    const { page } = await served.open(browser);
    await page.getByRole('tab', { name: /^Proposals/ }).click();
    await page.getByRole('button', { name: 'Make proposals' }).click();
    const first = page.locator('.proposals > li');
    await first.first().waitFor();
    const count = await first.count();
    const numbers = parse(folder.read('statements.yaml')).numbers.length;

    await page.getByLabel('Kind of proposals').selectOption('number');
    await page
      .getByRole('button', { name: /^Accept and edit/ })
      .first()
      .click();
    await page.locator('#form-title', { hasText: 'Change number' }).waitFor();
    await page.getByRole('tab', { name: /^Proposals/ }).click();
    await page.getByLabel('Kind of proposals').selectOption('');
    await page
      .getByRole('button', { name: /^Reject/ })
      .first()
      .click();
    await expect.poll(() => first.count()).toBe(count - 2);

    expect(parse(folder.read('statements.yaml')).numbers).toHaveLength(numbers + 1);
    await page.context().close();
  });
});
