#!/usr/bin/env node
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { check } from './commands/check.js';
import { cite } from './commands/cite.js';
import type { Outcome } from './commands/outcome.js';
import { show } from './commands/show.js';
import { DocumentsError, type MountedDocument, mountDocuments } from './mounted.js';
import { formatProblem } from './problem.js';
import { addProposalCommands } from './proposals/commands.js';
import { type ReadResult, readSeeds } from './read.js';
import type { Seeds } from './records.js';
import { escapeLine, escapeUnsafe } from './terminal.js';

interface Settings {
  seeds: string;
  documents?: string;
}
type Texts = Map<string, MountedDocument>;

const FAILURE = 1;
const USAGE = 2;

const program = new Command('seeds')
  .description(
    'Checks seeds, finds passages to cite, and shows records. Relative paths are resolved from the root of the workspace.',
  )
  .exitOverride()
  // Usage errors repeat the argument or setting.
  .configureOutput({ writeErr: (text) => void process.stderr.write(escapeUnsafe(text)) })
  .addOption(new Option('--seeds <folder>', 'folder with the seeds').env('SEEDS_DIR').default('seeds'))
  .addOption(new Option('--documents <folder>', 'folder with the texts of documents').env('DOCUMENTS_DIR'));

program
  .command('check')
  .description('print all problems of the seeds, or the number of records if there are none')
  .option('--json', 'print JSON to standard output, with or without problems')
  .action(({ json = false }: { json?: boolean }) => {
    const { result, mounted } = loadSeeds();
    print(check(result, mounted, { json }), json);
  });

program
  .command('cite')
  .description('find words in the text of a document, and print passages to paste into a record')
  .argument('<document>', 'id of the document, e.g. memri-sd-10149')
  .argument('<words>', 'exact words of the text', (words: string) => {
    if (words.trim() === '') throw new InvalidArgumentError('Expected at least one word.');
    return words;
  })
  .action((document: string, words: string) => {
    runCommand((seeds, mounted) => cite(seeds, mounted, document, words));
  });

program
  .command('show')
  .description('print a record, its location, and the words that it cites')
  .argument('<id>', 'typed or local id, e.g. S06, memri-sd-10149/S06, kim-jong-un, unscr-2397/8')
  .action((id: string) => {
    runCommand((seeds, mounted) => show(seeds, mounted, id));
  });

addProposalCommands(program, findFolders, print);

try {
  program.parse();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else reportError(error as Error);
}

/** Prints a known failure as one line, and a bug of the program with its stack. */
function reportError(error: Error): void {
  const isKnown = error instanceof DocumentsError || 'syscall' in error;
  process.exitCode = error instanceof DocumentsError ? USAGE : FAILURE;
  process.stderr.write(`${isKnown ? escapeLine(error.message) : escapeUnsafe(error.stack ?? String(error))}\n`);
}

function findFolders(): { seedsDir: string; documentsDir: string | null } {
  const { seeds: seedsDir, documents } = program.opts<Settings>();
  // An empty variable counts as not set.
  const documentsDir = documents
    ? resolveFolder('DOCUMENTS_DIR', documents, 'a folder with the texts of documents, or the variable not set')
    : null;
  return { seedsDir: resolveFolder('SEEDS_DIR', seedsDir || 'seeds', 'a folder with the seeds'), documentsDir };
}

function loadSeeds(): { result: ReadResult; mounted: Texts } {
  const { seedsDir, documentsDir } = findFolders();
  const result = readSeeds(seedsDir, documentsDir ? { documentsDir } : {});
  return { result, mounted: mountDocuments(documentsDir, result.seeds?.documents ?? []) };
}

/** Runs a command on all records that could be read, so that `cite` and `show` work while the seeds have problems. */
function runCommand(command: (seeds: Seeds, mounted: Texts) => Outcome): void {
  const { result, mounted } = loadSeeds();
  if (!result.seeds) {
    print({ output: result.problems.map(formatProblem).join('\n'), status: 1 });
    return;
  }
  const { output, status } = command(result.seeds, mounted);
  const note =
    status === 1 && result.problems.length > 0
      ? `\nThe seeds have problems, so records may be missing. Run "check".`
      : '';
  print({ output: output + note, status });
}

function print({ output, status }: Outcome, always = false): void {
  (status === 0 || always ? process.stdout : process.stderr).write(`${output}\n`);
  process.exitCode = status;
}

function resolveFolder(setting: string, path: string, expected: string): string {
  const dir = resolve(workspaceRoot(), path);
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory())
    program.error(`${setting}=${dir} is not a folder; expected ${expected}.`);
  return dir;
}

function workspaceRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) return folder;
  }
  return process.cwd();
}
