import { spawnSync } from 'node:child_process';
import { workspaceRoot } from '@dossier/config';
import { committedSupergraph, writeSupergraph } from '@dossier/gateway';
import { breakingChanges, composeSupergraph } from './compose.js';

const HELP = `Composes the services' schemas into gateway/supergraph.graphql.

  --check           writes nothing; fails if the committed file is out of date.
  --against <ref>   writes nothing; lists the breaking changes since a git ref.
`;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const fail = (...problems: string[]): void => {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
};

const args = process.argv.slice(2);
const against = args.indexOf('--against');
if (args.includes('--help')) print(HELP);
else compose();

function compose(): void {
  const composed = composeSupergraph();
  for (const hint of composed.hints) print(`hint: ${hint}`);
  if (composed.errors) {
    fail(...composed.errors);
    return;
  }
  if (args.includes('--check')) check(composed.sdl);
  if (against >= 0) listBreakingChanges(args[against + 1] ?? 'main', composed.sdl);
  if (!args.includes('--check') && against < 0) print(`gateway/supergraph.graphql: ${writeSupergraph(composed.sdl)}.`);
}

function check(sdl: string): void {
  if (committedSupergraph() === sdl) print('gateway/supergraph.graphql is up to date.');
  else fail('gateway/supergraph.graphql is out of date; run "npm run compose" and commit the result.');
}

function listBreakingChanges(ref: string, sdl: string): void {
  // --end-of-options: a ref that starts with a dash must not be read as an option.
  const { status, stdout } = spawnSync('git', ['show', '--end-of-options', `${ref}:gateway/supergraph.graphql`], {
    cwd: workspaceRoot(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    print(`${ref} has no supergraph to compare with.`);
    return;
  }
  const changes = breakingChanges(stdout, sdl);
  print(
    changes.length === 0 ? `No breaking changes against ${ref}.` : `${changes.length} breaking changes against ${ref}:`,
  );
  for (const { type, description } of changes) print(`  ${type}: ${description}`);
}
