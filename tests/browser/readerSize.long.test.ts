import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { type RunningGateway, startEmbedded } from '@dossier/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureView, recordsOf, viewsOf } from '../bench/readerViews.mjs';
import { benchStores } from '../bench/stores.mjs';
import { chromium } from '../support/needs.js';
import { launch } from './chromium.js';

/** Large enough that a view which loads a complete list exceeds every limit. */
const SIZE = 1500;

/** The limits of each view. The bytes are those of a first visit: page, scripts, styles and data. */
const MAX = { requests: 14, nodes: 5000, kilobytes: 150 };

describe.skipIf(chromium.isMissing)(`the reader with ${SIZE} statements`, chromium.options, () => {
  let running: RunningGateway;
  let browser: Browser;
  let views: Record<string, string>;
  beforeAll(async () => {
    const { dataDir } = await benchStores(SIZE);
    [running, browser] = await Promise.all([
      startEmbedded({
        port: 0,
        host: '127.0.0.1',
        corsOrigins: [],
        dataDir,
        seedsDir: null,
        documentsDir: null,
        ...limitOptions(readConfig(gatewayLimits, {})),
        rateLimit: null,
      }),
      launch(),
    ]);
    views = viewsOf(await recordsOf(running.url));
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  it('opens every view with few requests, elements and bytes', async () => {
    const measured = [];
    for (const [name, address] of Object.entries(views)) {
      // The document view loads all claims of its document.
      if (name === 'document') continue;
      const { requests, nodes, bytes } = await measureView(browser, running.url, address);
      measured.push({ name, requests, nodes, kilobytes: bytes / 1024 });
    }

    const exceeding = measured.filter(
      ({ requests, nodes, kilobytes }) => requests > MAX.requests || nodes > MAX.nodes || kilobytes > MAX.kilobytes,
    );
    expect(exceeding, JSON.stringify(exceeding)).toEqual([]);
    expect(measured.length).toBeGreaterThan(12);
  });
});
