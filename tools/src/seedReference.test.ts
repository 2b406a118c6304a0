import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { formatSchema } from '@dossier/seed-format';
import { expect, it } from 'vitest';
import { seedReference } from './seedReference.js';

const page = seedReference(formatSchema(), readSupergraph(readFileSync(supergraphFile, 'utf8')).apiSchema);

/** The cells of the row of a field in a section. */
function rowOf(section: string, field: string): string[] {
  const text = page.split(`\n### ${section}\n`)[1]?.split('\n### ')[0] ?? '';
  const row = text.split('\n').find((line) => line.startsWith(`| \`${field}\` |`)) ?? '';
  return row
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .slice(1, -1);
}

it('shows type, default and meaning of a field', () => {
  expect(rowOf('offices', 'host')).toEqual([
    '`host`',
    'Id of an actor',
    '`null`',
    'Where an envoy is accredited; null for other offices.',
  ]);
});

it('lists the fields of objects within a record by their path', () => {
  expect(rowOf('statements', 'attribution.relayChain[].carrier')[1]).toBe('Id of an actor');
  expect(rowOf('statements', 'attribution.status')[2]).toBe('required');
});

it('says for which kinds of actor a field is', () => {
  expect(rowOf('actors', 'status')[2]).toBe('required if `kind` is `POLITY`');
  expect(rowOf('actors', 'kind')[1]).toBe('`PERSON`, `POLITY`, `ORGANIZATION`, `MEDIA_OUTLET`, `GROUP`');
});

it('says in which folders a section may be', () => {
  const introduction = (section: string) => page.split(`\n### ${section}\n`)[1]?.split('\n|')[0];

  expect(introduction('merges')).toContain('Only in the register.');
  expect(introduction('statements')).toContain('Only in the folder of a document.');
  expect(introduction('relations')).toContain('In the folder of a document or in the register.');
});

it('describes every value of every enum', () => {
  const enums = page.split('\n## Enums\n')[1] ?? '';
  const rows = enums.split('\n').filter((line) => line.startsWith('| `'));

  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter((row) => !/\| `\w+` \| \S.*\. \|$/.test(row))).toEqual([]);
});

it('leads to a heading with every link', () => {
  const anchors = new Set(
    [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
  const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);

  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((link) => !anchors.has(link))).toEqual([]);
});
