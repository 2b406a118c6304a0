import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { workspaceRoot } from '@dossier/subgraph';
import { breakingChanges, composeSupergraph } from './compose.js';
import { supergraphFile } from './config.js';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const args = process.argv.slice(2);
const composed = composeSupergraph();
for (const hint of composed.hints) say(`hint: ${hint}`);
if (composed.errors) {
  for (const error of composed.errors) process.stderr.write(`${error}\n`);
  process.exit(1);
}
const committed = existsSync(supergraphFile) ? readFileSync(supergraphFile, 'utf8') : null;
if (args.includes('--check')) {
  if (committed !== composed.sdl) {
    process.stderr.write('gateway/supergraph.graphql is not what the services compose to; run "npm run compose" and commit it.\n');
    process.exit(1);
  }
  say('gateway/supergraph.graphql is what the services compose to.');
} else if (committed === composed.sdl) {
  say('gateway/supergraph.graphql is unchanged.');
} else {
  writeFileSync(`${supergraphFile}.new`, composed.sdl);
  renameSync(`${supergraphFile}.new`, supergraphFile);
  say('gateway/supergraph.graphql was written.');
}
const against = args.indexOf('--against');
if (against >= 0) listBreakingChanges(args[against + 1] ?? 'main', composed.sdl);

function listBreakingChanges(ref: string, sdl: string): void {
  const { status, stdout } = spawnSync('git', ['show', `${ref}:gateway/supergraph.graphql`], { cwd: workspaceRoot(), encoding: 'utf8' });
  if (status !== 0) {
    say(`${ref} has no supergraph to compare with.`);
    return;
  }
  const changes = breakingChanges(stdout, sdl);
  say(changes.length === 0 ? `No breaking changes against ${ref}.` : `${changes.length} breaking changes against ${ref}:`);
  for (const { type, description } of changes) say(`  ${type}: ${description}`);
}
