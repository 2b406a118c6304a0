import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGateway } from '@dossier/gateway';
import { workspaceRoot } from '@dossier/subgraph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDeploy, yamlDocuments } from './files.js';

let served: Set<string>;
let close: () => Promise<void>;
beforeAll(async () => {
  const gateway = await startGateway({ port: 0, host: '127.0.0.1', corsOrigins: [], urls: {} });
  close = gateway.close;
  const text = await (await fetch(`${gateway.url.replace('localhost', '127.0.0.1')}metrics`)).text();
  served = new Set([...text.matchAll(/^# TYPE (\S+) (\w+)/gm)].flatMap(([, name = '', type]) => (type === 'histogram' ? [name, `${name}_count`, `${name}_sum`, `${name}_bucket`] : [name])));
});
afterAll(() => close());

it.each([
  ['the alerts', () => readDeploy('prometheus/alerts.yaml')],
  ['the dashboard', () => readDeploy('grafana/dashboard.json')],
  ["the operator's guide", () => readFileSync(join(workspaceRoot(), 'docs/operating.md'), 'utf8')],
])('%s name only metrics that there are', (_, read) => {
  const named = [...read().matchAll(/\bdossier_(?!\*)[a-z0-9_]+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((name) => !served.has(name))).toEqual([]);
});

it('an alert says how bad it is and what it means', () => {
  const [file] = yamlDocuments<{ groups: { rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[] }[] }>('prometheus/alerts.yaml');
  const rules = file?.groups.flatMap((group) => group.rules) ?? [];
  expect(rules.length).toBeGreaterThan(3);
  for (const { alert, expr, labels, annotations } of rules) expect([alert, expr, labels.severity, annotations.summary].every(Boolean), alert).toBe(true);
});
