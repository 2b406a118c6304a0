import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMetrics } from '../hostile/scrape.js';
import { createTempFolder, type Program, removeFolder, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';
import { readDeploy, yamlDocuments } from './files.js';

const folder = createTempFolder();
const running: Program[] = [];
/** All metrics of all kinds of processes. */
const served = new Set<string>();
const parts = new Set<string>();

beforeAll(async () => {
  copyOfStores(folder);
  const env = { DATA_DIR: folder, SEEDS_DIR: join(workspaceRoot(), 'seeds') };
  running.push(await start('gateway/dist/embeddedMain.js', env));
  running.push(await start('services/trade/dist/main.js', env), await start('gateway/dist/main.js', {}));
  for (const { url } of running) {
    for (const [name, { type }] of readMetrics(await (await fetch(new URL('/metrics', url))).text())) {
      served.add(name);
      for (const part of type === 'histogram' ? ['', '_count', '_sum', '_bucket'] : ['']) parts.add(name + part);
    }
  }
}, 60_000);
afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  removeFolder(folder);
});

const namedIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/\bdossier_(?!\*)[a-z0-9_]+/g)].map(([name]) => name));

it.each([
  ['the alerts', () => readDeploy('prometheus/alerts.yaml')],
  ['the dashboard', () => readDeploy('grafana/dashboard.json')],
])('%s: every metric exists', (_, read) => {
  const named = namedIn(read());
  expect(named.size).toBeGreaterThan(5);
  expect([...named].filter((name) => !parts.has(name))).toEqual([]);
});

it('the operating guide documents every metric, and no others', () => {
  const guide = readFileSync(join(workspaceRoot(), 'docs/operating.md'), 'utf8');
  const [section = ''] = guide.split('\n## Metrics\n')[1]?.split('\n## ') ?? [];

  expect([...namedIn(section)].sort()).toEqual([...served].sort());
  expect([...namedIn(guide)].filter((name) => !served.has(name))).toEqual([]);
});

it('every alert has a severity and a summary', () => {
  const [file] = yamlDocuments<{
    groups: {
      rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[];
    }[];
  }>('prometheus/alerts.yaml');
  const rules = file?.groups.flatMap((group) => group.rules) ?? [];
  expect(rules.length).toBeGreaterThan(3);
  for (const { alert, expr, labels, annotations } of rules)
    expect([alert, expr, labels.severity, annotations.summary].every(Boolean), alert).toBe(true);
});
