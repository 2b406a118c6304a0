// Writes docs/third-party.md: every production dependency with its licence. With --check nothing is written: it fails if the
// page is out of date. Either way it fails if a dependency has a licence that is not allowed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productionDependencies } from './dependencies.mjs';
import { ELASTIC, licenceProblem } from './licences.mjs';

const root = process.cwd();
const FILE = 'docs/third-party.md';

const table = (dependencies) =>
  [
    '| Package | Version | Licence | Repository |',
    '| --- | --- | --- | --- |',
    ...dependencies.map(
      ({ name, version, licence, repository }) =>
        `| ${name} | ${version} | ${licence ?? 'none stated'} | ${repository ?? 'none stated'} |`,
    ),
  ].join('\n');

const page = (dependencies) => {
  const elastic = dependencies.filter(({ licence }) => licence === ELASTIC);
  const others = dependencies.filter(({ licence }) => licence !== ELASTIC);
  return `# Third-party packages

Written by \`npm run third-party\`. These packages are part of a running Dossier: the gateway, its services and its pages depend on
them, directly or through another package, in the versions of \`package-lock.json\`. What only builds or tests need is not listed.

\`npm run notices\` writes their licence texts to \`reports/third-party-notices.txt\`, to be passed on with a copy of Dossier;
\`npm run sbom\` writes them as a CycloneDX SBOM to \`reports/sbom.cdx.json\`.

## Elastic License 2.0

${elastic.length} packages are under the Elastic License 2.0, which is not an open source licence. You may use and change them, but not
offer them to others as a hosted or managed service.

${table(elastic)}

## Other licences

${others.length} packages, all under licences that allow any use as long as their notices are kept.

${table(others)}
`;
};

const dependencies = productionDependencies(root);
const problems = dependencies.map(licenceProblem).filter(Boolean);
const text = page(dependencies);
const path = join(root, FILE);
if (!process.argv.includes('--check')) writeFileSync(path, text);
else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
  problems.push(`${FILE} is out of date; run "npm run third-party".`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
