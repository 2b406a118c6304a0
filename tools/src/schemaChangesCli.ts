import { readFileSync, writeFileSync } from 'node:fs';
import { fromWorkspace } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { deprecationProblems, deprecationsOf } from './deprecations.js';
import { contractOf, schemaChanges } from './schemaChanges.js';

const HELP = `Compares the API schema with that of the last release, gateway/released.graphql, by the rules of docs/schema-changes.md.
Fails if a change breaks clients without a deprecation period, or if a deprecation is not announced as they require.

  --release   then writes the current schema to gateway/released.graphql; part of a release.
`;

const RELEASED = 'gateway/released.graphql';

if (process.argv.includes('--help')) process.stdout.write(HELP);
else run();

function run(): void {
  const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  const { breaking, dangerous } = schemaChanges(readFileSync(fromWorkspace(RELEASED), 'utf8'), apiSchema, today);
  const problems = deprecationProblems(deprecationsOf(apiSchema), readFileSync(fromWorkspace('CHANGELOG.md'), 'utf8'));

  for (const change of dangerous) process.stdout.write(`Noticeable: ${change}\n`);
  for (const change of breaking) process.stderr.write(`Breaking: ${change}\n`);
  for (const problem of problems) process.stderr.write(`Deprecation: ${problem}\n`);
  if (breaking.length > 0 || problems.length > 0) {
    process.stderr.write('These changes are not allowed; docs/schema-changes.md describes how to make them.\n');
    process.exitCode = 1;
  } else if (process.argv.includes('--release')) {
    writeFileSync(fromWorkspace(RELEASED), contractOf(apiSchema));
    process.stdout.write(`${RELEASED}: written.\n`);
  } else process.stdout.write(`No breaking changes since the release in ${RELEASED}.\n`);
}
