#!/usr/bin/env node
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { check } from './commands/check.js';
import { cite } from './commands/cite.js';
import { fill, fillAll } from './commands/fill.js';
import { list } from './commands/list.js';
import { locate } from './commands/locate.js';
import { merge } from './commands/merge.js';
import { failure, type Outcome } from './commands/outcome.js';
import { remove } from './commands/remove.js';
import { rename } from './commands/rename.js';
import { mergeOf, show } from './commands/show.js';
import { mountDocument, readDocumentFile } from './documentFile.js';
import { fileErrorMessage } from './fileErrors.js';
import { folderNames, UnwritableError } from './files.js';
import { DocumentsError, mountDocuments } from './mounted.js';
import { formatProblem } from './problem.js';
import { addProposalCommands } from './proposals/commands.js';
import { appendSeeds, NO_SEEDS, readFolder, readRecords, readSeeds } from './read.js';
import { emptySeeds } from './resolve.js';
import { escapeLine, escapeUnsafe } from './terminal.js';
import { addAnnotationCommands } from './webAnnotation/commands.js';

interface Settings {
  seeds: string;
  documents?: string;
}

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
  .argument('[document]', 'check only this folder, with what its references lead to')
  .addOption(new Option('--json', 'print JSON to standard output, with or without problems').conflicts('watch'))
  .option('--watch', 'check again whenever a file changes, until interrupted')
  .action(async (folder: string | undefined, { json = false, watch = false }: { json?: boolean; watch?: boolean }) => {
    const { seedsDir, documentsDir } = folders();
    if (folder !== undefined && !isKnownFolder(seedsDir, folder)) return;
    const options = documentsDir === null ? {} : { documentsDir };
    const run = (): void => {
      const result = folder === undefined ? readSeeds(seedsDir, options) : readFolder(seedsDir, folder, options);
      print(check(result, mountDocuments(documentsDir, result.seeds?.documents ?? []), { json }), json);
    };
    if (watch) await checkOnChange([seedsDir, ...(documentsDir === null ? [] : [documentsDir])], run);
    else run();
  });

program
  .command('add')
  .description('create the folder of a document from its text')
  .argument('<file>', 'the text, in UTF-8')
  .option('--id <id>', 'id of the document; by default made from the name of the file')
  .option('--encoding <name>', 'encoding of the text if it is not UTF-8, e.g. windows-1251')
  .action(async (file: string, { id = null, encoding = null }: { id?: string | null; encoding?: string | null }) => {
    const directories = folders();
    // Loaded on demand: tables of many encodings.
    const [{ add }, { isKnownEncoding }] = await Promise.all([import('./commands/add.js'), import('./encoding.js')]);
    if (encoding !== null && !isKnownEncoding(encoding))
      program.error(
        `--encoding ${encoding} is not a known encoding; expected one, e.g. windows-1251, koi8-r or euc-kr.`,
      );
    print(add(resolve(process.env['INIT_CWD'] ?? '.', file), { ...directories, id, encoding }));
  });

program
  .command('cite')
  .description('find words in the text of a document, and print passages to paste into a record')
  .argument('<document>', 'id of the document, e.g. memri-sd-10149', stripType)
  .argument('<words>', 'words of the text', (words: string) => {
    if (words.trim() === '') throw new InvalidArgumentError('Expected at least one word.');
    return words;
  })
  .action((folder: string, words: string) => {
    const { seedsDir, documentsDir } = folders();
    const document = readDocumentFile(seedsDir, folder);
    print(Array.isArray(document) ? failure(document) : cite(document, mountDocument(documentsDir, document), words));
  });

program
  .command('fill')
  .description('replace "words:" in records by positions and digests')
  .argument('[document]', 'id of the document; by default all documents with such records', stripType)
  .action((folder: string | undefined) => {
    const { seedsDir, documentsDir } = folders();
    print(folder === undefined ? fillAll(seedsDir, documentsDir) : fill(seedsDir, documentsDir, folder));
  });

program
  .command('list')
  .description('print the folders of the seeds with their titles, numbers of records, and what is unfinished')
  .action(() => {
    print(list(folders().seedsDir));
  });

program
  .command('merge')
  .description('merge seed files that git could not merge, record by record')
  .action(() => {
    print(merge(folders().seedsDir));
  });

program
  .command('remove')
  .description('remove the folder of a document, unless other folders refer to its records')
  .argument('<document>', 'id of the document', stripType)
  .action((folder: string) => {
    print(remove(folders().seedsDir, folder));
  });

program
  .command('rename')
  .description('give a document another id, also in references to its records')
  .argument('<document>', 'id of the document', stripType)
  .argument('<id>', 'its new id', stripType)
  .action((from: string, to: string) => {
    print(rename(folders().seedsDir, from, to));
  });

program
  .command('show')
  .description('print a record, its location, and the words that it cites')
  .argument('<id>', 'typed or local id, e.g. S06, memri-sd-10149/S06, kim-jong-un, unscr-2397/8')
  .action((id: string) => {
    const { seedsDir, documentsDir } = folders();
    if (folderNames(seedsDir).length === 0) {
      print(failure([formatProblem(NO_SEEDS)]));
      return;
    }
    const found = readAround(seedsDir, id);
    const merged = mergeOf(found.seeds, id);
    const { seeds, hasProblems, isCutOff } = merged ? readAround(seedsDir, merged.sameAs) : found;
    const { output, status } = show(seeds, mountDocuments(documentsDir, seeds.documents), id, {
      isCutOff,
      merge: merged,
    });
    const note =
      status === 1 && hasProblems ? `\nThe seeds have problems, so records may be missing. Run "check".` : '';
    print({ output: output + note, status });
  });

addProposalCommands(program, folders, print);
addAnnotationCommands(program, folders, print);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else reportError(error as Error);
}

/** Prints a known failure as one line, and a bug of the program with its stack. */
function reportError(error: Error): void {
  process.exitCode = error instanceof DocumentsError ? USAGE : FAILURE;
  process.stderr.write(`${knownFailure(error) ?? escapeUnsafe(error.stack ?? String(error))}\n`);
}

/** A failure that has its cause outside the program, as one line; null for other errors. */
function knownFailure(error: Error): string | null {
  if (error instanceof DocumentsError || error instanceof UnwritableError) return escapeLine(error.message);
  return 'syscall' in error ? escapeLine(fileErrorMessage(error as NodeJS.ErrnoException)) : null;
}

/** The records of the folders that may hold a record. */
function readAround(seedsDir: string, id: string) {
  const { folders: names, isCutOff } = locate(seedsDir, id);
  const seeds = emptySeeds();
  let hasProblems = false;
  for (const folder of names) {
    const result = readRecords(seedsDir, folder);
    if (result.seeds) appendSeeds(seeds, result.seeds);
    hasProblems ||= result.problems.length > 0;
  }
  return { seeds, hasProblems, isCutOff };
}

function folders(): { seedsDir: string; documentsDir: string | null } {
  const { seeds, documents } = program.opts<Settings>();
  return {
    seedsDir: resolveFolder('SEEDS_DIR', seeds || 'seeds', 'a folder with the seeds'),
    // An empty variable counts as not set.
    documentsDir: documents
      ? resolveFolder('DOCUMENTS_DIR', documents, 'a folder with the texts of documents, or the variable not set')
      : null,
  };
}

/** Runs until the process is interrupted. A run that fails, e.g. because a folder is being replaced, does not end it. */
async function checkOnChange(watched: string[], run: () => void): Promise<void> {
  // Loaded on demand: other commands do not watch.
  const { watchFolders } = await import('./commands/watch.js');
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());
  const runSafely = (): void => {
    try {
      run();
    } catch (error) {
      reportError(error as Error);
    }
    process.stdout.write(`Checked at ${new Date().toLocaleTimeString()}. Watching for changes; end with Ctrl+C.\n`);
  };
  await watchFolders(watched, runSafely, interrupted.signal);
  process.exitCode = 0;
}

function stripType(id: string): string {
  return id.replace(/^document:/, '');
}

function isKnownFolder(seedsDir: string, folder: string): boolean {
  if (folderNames(seedsDir).includes(folder)) return true;
  print(
    failure([`"${folder}" is not a folder of these seeds; expected the id of a document. "seeds list" prints all.`]),
  );
  return false;
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
