import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch } from './chromium.js';

export interface GraphInBrowser<TGraph> {
  graph: TGraph;
  browser: Browser;
}

/**
 * A graph and a browser for the tests of a file, from the first test on. Pages that a test has opened are closed after it, unless `keepsPages`.
 */
export function graphInBrowser<TGraph extends { close: () => Promise<unknown> }>(
  start: () => Promise<TGraph>,
  { keepsPages = false } = {},
): GraphInBrowser<TGraph> {
  const running = {} as GraphInBrowser<TGraph>;
  beforeAll(async () => {
    [running.graph, running.browser] = await Promise.all([start(), launch()]);
  });
  afterEach(async () => {
    if (!keepsPages) await Promise.all(running.browser?.contexts().map((context) => context.close()) ?? []);
  });
  afterAll(async () => {
    await running.browser?.close();
    await running.graph?.close();
  });
  return running;
}
