import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningGateway } from '@dossier/gateway';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, EXAMPLE_SEEDS, startExample } from '../support/exampleGraph.js';
import { chromium } from '../support/needs.js';
import { graphInBrowser } from './graphInBrowser.js';
import { COPYING, copyCitation, openReader, settled } from './readerPage.js';

/** One changed record of each kind that can be cited: in which file of the seeds, and how. */
const CHANGES = {
  statements: ['He waves the complaints from the Council aside.', 'He rejects the complaints from the Council.'],
  trade: ['commodities: [C02]', 'commodities: [C01]'],
  actors: ['label: First cargo of salt', 'label: Second cargo of salt'],
  sanctions: ['measures: [IMPORT_BAN]', 'measures: [IMPORT_BAN, ASSET_FREEZE]'],
  document: ['sha256: "890b', 'sha256: "990b'],
} as const;

/** Writes the seeds of the example with these changes. */
function writeChanged(seedsDir: string): void {
  cpSync(EXAMPLE_SEEDS, seedsDir, { recursive: true });
  for (const [stem, [old, changed]] of Object.entries(CHANGES)) {
    const file = join(seedsDir, EXAMPLE, `${stem}.yaml`);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(old)) throw new Error(`${file} has no "${old}".`);
    writeFileSync(file, text.replace(old, changed));
  }
}

const LISTING = 'designation:nhc-low-marn/arrowen-salt-company';

/** Addresses of records, and the part of the page that cites them. */
const CHANGED = {
  statement: [`said?statement=statement:${EXAMPLE}/S04`, '.statement', '.statement > .cite'],
  figure: [`trade?figure=figure:${EXAMPLE}/F03`, '.figure.is-on', '.figure.is-on > .cite'],
  event: [`timeline?event=event:${EXAMPLE}/E03`, '.row.is-on', '.row.is-on .cite'],
  listing: [`sanctions?listing=${LISTING}`, '.listings .is-on', '.listings .is-on .cite'],
  document: [`document?document=document:${EXAMPLE}`, '.document', '.document-links .cite'],
  passage: [`said?statement=statement:${EXAMPLE}/S05`, '.document', '.statement .passages .cite'],
} as const;
const UNCHANGED = {
  statement: [`said?statement=statement:${EXAMPLE}/S05`, '.statement', '.statement > .cite'],
  figure: [`trade?figure=figure:${EXAMPLE}/F01`, '.figure.is-on', '.figure.is-on > .cite'],
  event: [`timeline?event=event:${EXAMPLE}/E01`, '.row.is-on', '.row.is-on .cite'],
} as const;

describe.skipIf(chromium.isMissing)('a link in a citation', chromium.options, () => {
  const before = graphInBrowser(() => startExample({ withText: false }));
  const seedsDir = mkdtempSync(join(tmpdir(), 'dossier-changed-'));
  let after: RunningGateway;
  beforeAll(async () => {
    writeChanged(seedsDir);
    after = await startExample({ withText: false, seedsDir });
  });
  afterAll(async () => {
    await after?.close();
    rmSync(seedsDir, { recursive: true, force: true });
  });

  /** Opens the link that the page of a record copies, but in the graph with the changed records. */
  async function followLater(address: string, cite: string): Promise<Page> {
    const { page, open } = await openReader(before.browser, before.graph.url, COPYING);
    await open(address);
    const link = await copyCitation(page.locator(cite).last(), 'Link');
    await page.goto('about:blank');
    await page.goto(link.replace(before.graph.url, after.url));
    await settled(page);
    return page;
  }

  it.each(Object.entries(CHANGED))('says of a %s that it has changed since', async (_kind, [address, card, cite]) => {
    const page = await followLater(address, cite);

    const notice = page.locator(`${card} .notice-warn`, { hasText: 'has changed since it was cited' });
    await notice.waitFor();

    const [cited, current] = await notice.locator('code').allTextContents();
    expect(cited).toMatch(/^[0-9a-f]+$/);
    expect(current).not.toBe(cited);
  });

  it.each(Object.entries(UNCHANGED))(
    'says of a %s that it is unchanged, though the store is another one',
    async (_kind, [address, card, cite]) => {
      const page = await followLater(address, cite);

      await page.locator(`${card} >> text=Unchanged since it was cited`).waitFor();

      expect(await page.locator(`${card} .notice-warn`, { hasText: 'has changed' }).count()).toBe(0);
    },
  );
});
