import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { failure, type Outcome, success } from '../commands/outcome.js';
import { type DocumentFile, missingText, mountDocument, readDocumentFile } from '../documentFile.js';
import { formatProblem } from '../problem.js';
import type { Workplace } from '../proposals/openDocument.js';
import {
  type Proposals,
  ProposalsError,
  proposalsFileName,
  readProposals,
  writeProposals,
} from '../proposals/proposalFile.js';
import { readRecords } from '../read.js';
import { readAnnotations } from './annotation.js';
import { annotationCollection } from './export.js';
import { passagesOf } from './import.js';
import { OFFSETS, type Offsets } from './offsets.js';

interface ExportFlags {
  offsets: Offsets;
  withWords?: boolean;
  output?: string;
}

/** Adds `export` and `import` to the program. */
export function addAnnotationCommands(
  program: Command,
  workplace: () => Workplace,
  print: (outcome: Outcome) => void,
): void {
  const format = () => new Option('--web-annotation', 'W3C Web Annotation (JSON-LD)').makeOptionMandatory();
  const offsets = () =>
    new Option('--offsets <unit>', 'what positions count; Hypothesis counts utf16')
      .choices(OFFSETS)
      .default('codepoints');
  program
    .command('export')
    .description('print the passages that the records of a document cite, for annotation tools')
    .argument('<document>', 'id of the document, e.g. memri-sd-10149')
    .addOption(format())
    .addOption(offsets())
    .option('--with-words', 'quote the words, from the mounted text: keep such a file out of the repository')
    .option('--output <file>', 'write to a file instead of standard output')
    .action((document: string, flags: ExportFlags) => print(exportAnnotations(workplace(), document, flags)));
  program
    .command('import')
    .description('propose the passages that annotations mark; words that do not occur in the text are dropped')
    .argument('<document>', 'id of the document')
    .argument('<file>', 'annotations: one, a list, a page or a collection')
    .addOption(format())
    .addOption(offsets())
    .action((document: string, file: string, flags: { offsets: Offsets }) =>
      print(importAnnotations(workplace(), document, fromShell(file), flags.offsets)),
    );
}

const fromShell = (file: string): string => resolve(process.env['INIT_CWD'] ?? '.', file);

const documentOf = ({ seedsDir }: Workplace, id: string): DocumentFile | string[] =>
  readDocumentFile(seedsDir, id.replace(/^document:/, ''));

/** Prints the annotations of a document, or writes them to a file. */
export function exportAnnotations(
  workplace: Workplace,
  id: string,
  { offsets, withWords = false, output }: ExportFlags,
): Outcome {
  const document = documentOf(workplace, id);
  if (Array.isArray(document)) return failure(document);
  const mounted = mountDocument(workplace.documentsDir, document);
  if (!mounted.text && (withWords || offsets === 'utf16'))
    return failure([
      ...missingText(document, mounted),
      'Without a text, positions can be exported with --offsets=codepoints and no words.',
    ]);
  const { seeds, problems } = readRecords(workplace.seedsDir, document.folder);
  if (!seeds) return failure(problems.map(formatProblem));
  const collection = annotationCollection(seeds, `document:${document.folder}`, mounted.text, { offsets, withWords });
  const json = JSON.stringify(collection, null, 2);
  if (output === undefined) return success(json.split('\n'));
  writeFileSync(fromShell(output), `${json}\n`);
  return success([`${collection.total} annotations written${withWords ? ', with words' : ''}.`]);
}

/** Adds the passages of annotations to the proposals of a document. */
export function importAnnotations(workplace: Workplace, id: string, file: string, offsets: Offsets): Outcome {
  const document = documentOf(workplace, id);
  if (Array.isArray(document)) return failure(document);
  const mounted = mountDocument(workplace.documentsDir, document);
  if (!mounted.text) return failure(missingText(document, mounted));
  const annotations = readAnnotationFile(file);
  if (typeof annotations === 'string') return failure([annotations]);
  const { folder, sha256, paragraphs } = document;
  const { proposals, dropped } = passagesOf(annotations, mounted.text, paragraphs, offsets);
  let before: Proposals | null;
  try {
    before = readProposals(workplace.seedsDir, folder);
  } catch (error) {
    if (error instanceof ProposalsError) return failure([error.message]);
    throw error;
  }
  const kept =
    before?.sha256 === sha256 ? before : { document: folder, sha256, proposals: [], rejected: [], accepted: [] };
  const decided = new Set([...kept.rejected, ...kept.accepted]);
  const isNew = new Set(kept.proposals.map((proposal) => proposal.id));
  const added = proposals.filter((proposal) => !decided.has(proposal.id) && !isNew.has(proposal.id));
  if (added.length > 0)
    writeProposals(workplace.seedsDir, {
      ...kept,
      proposals: [...kept.proposals, ...added].sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]),
    });
  const known = proposals.length - added.length;
  const lines = [
    ...dropped,
    `${annotations.length} annotations: ${added.length} passages proposed in ${proposalsFileName(folder)}, ${known} known, ${dropped.length} dropped.`,
    ...(added.length > 0
      ? [`Review them with "seeds proposals ${folder} --kind annotation", then use "seeds accept".`]
      : []),
  ];
  return dropped.length > 0 ? failure(lines) : success(lines);
}

function readAnnotationFile(file: string): ReturnType<typeof readAnnotations> | string {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return error instanceof SyntaxError
      ? `The file is not JSON: ${error.message}.`
      : `The file cannot be read (${(error as NodeJS.ErrnoException).code}); expected a file of annotations.`;
  }
  try {
    return readAnnotations(json);
  } catch (error) {
    if (error instanceof z.ZodError)
      return 'The file has no annotations; expected one, a list, an AnnotationPage or an AnnotationCollection in JSON-LD.';
    throw error;
  }
}
