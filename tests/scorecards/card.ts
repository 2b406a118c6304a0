import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { expect } from 'vitest';

const file = join(workspaceRoot(), 'docs/standards.md');
/** `npm run scorecards -- --update` writes the tables; without it they are compared. */
const update = process.env['SCORECARDS_UPDATE'] === '1';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Compares a table of docs/standards.md, between its two markers, with the current results. */
export function expectCard(name: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [from, until] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || until < from)
    expect.fail(`docs/standards.md has no place for "${name}"; expected the lines ${begin} and ${end}.`);
  const now = `${begin}\n\n${table}\n\n`;
  if (update) writeFileSync(file, page.slice(0, from) + now + page.slice(until));
  else
    expect(page.slice(from, until), 'docs/standards.md says otherwise; npm run scorecards -- --update writes it').toBe(
      now,
    );
}
