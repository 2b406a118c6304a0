// Writes reports/third-party-notices.txt: the licence texts and notices of all production dependencies, each text once with the
// packages that it applies to. Distribute it with copies of Dossier; it is not committed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productionDependencies } from './dependencies.mjs';

const root = process.cwd();
const FILE = 'reports/third-party-notices.txt';
const NOTICE = /^(?:licen[cs]e|copying|copyright|notice|third-?party|unlicense)/i;
const LINE = '='.repeat(80);

const dependencies = productionDependencies(root);
const packagesByText = new Map();
const without = [];
for (const dependency of dependencies) {
  const files = readdirSync(dependency.folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && NOTICE.test(entry.name),
  );
  if (files.length === 0) without.push(dependency);
  for (const { name } of files) {
    const text = readFileSync(join(dependency.folder, name), 'utf8').replaceAll('\r\n', '\n').trim();
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), dependency]);
  }
}

const heading = ({ name, version, licence, repository }) =>
  `${name} ${version} (${licence ?? 'no licence stated'})${repository ? ` ${repository}` : ''}`;
const sections = [
  `Third-party notices: ${dependencies.length} packages that Dossier depends on, with their licence texts.`,
  ...[...packagesByText].map(([text, packages]) => `${packages.map(heading).join('\n')}\n\n${text}`),
];
if (without.length > 0)
  sections.push(
    `Packages that come without a licence text; their package.json states the licence:\n\n${without.map(heading).join('\n')}`,
  );

mkdirSync(join(root, 'reports'), { recursive: true });
writeFileSync(join(root, FILE), `${sections.join(`\n\n${LINE}\n\n`)}\n`);
console.log(`Written: ${FILE}, ${dependencies.length} packages, ${without.length} of them without a licence text.`);
