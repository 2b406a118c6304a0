import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { inline, ProposalRecord, ProposalsError, writeInFolder } from '../proposals/proposalFile.js';

const DroppedRecord = z.strictObject({ kind: z.string(), part: z.string(), fault: z.string() });
const ParagraphRecord = z.strictObject({
  number: z.number().int(),
  input: z.number().int(),
  output: z.number().int(),
  proposals: z.array(ProposalRecord),
  dropped: z.array(DroppedRecord),
});
const RunRecord = z.strictObject({
  document: z.string(),
  /** The text that the positions are in. */
  sha256: z.string(),
  model: z.string(),
  host: z.string(),
  prompt: z.string(),
  /** A digest of all that proposals depend on, apart from the text and the records: another one begins again. */
  key: z.string(),
  paragraphs: z.array(ParagraphRecord),
});

/** Everything that a model proposed for a document, also what has been accepted or rejected since. Paragraphs in it are not sent again. */
export type Run = z.infer<typeof RunRecord>;
export type RunParagraph = z.infer<typeof ParagraphRecord>;

export const runFileName = (document: string): string => `.proposals/${document}.model.yaml`;

/** The proposals of a model for a document; null if none have been made. Throws a ProposalsError if the file is not valid. */
export function readRun(seedsDir: string, document: string): Run | null {
  const file = join(seedsDir, runFileName(document));
  if (!existsSync(file)) return null;
  const content = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'error' });
  const result = content.errors.length > 0 ? null : RunRecord.safeParse(content.toJS());
  if (result?.success) return result.data;
  throw new ProposalsError(
    `${runFileName(document)} is not valid; expected the file that "seeds propose ${document} --model" wrote. Remove it to begin again.`,
  );
}

export function writeRun(seedsDir: string, run: Run): void {
  const { paragraphs, ...head } = run;
  writeInFolder(
    seedsDir,
    runFileName(run.document),
    [
      '# What a model proposed, as positions only. Paragraphs in this list are not sent again.',
      ...Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
      paragraphs.length > 0 ? 'paragraphs:' : 'paragraphs: []',
      ...paragraphs.map((paragraph) => `  - ${inline(paragraph)}`),
      '',
    ].join('\n'),
  );
}

export function removeRun(seedsDir: string, document: string): void {
  rmSync(join(seedsDir, runFileName(document)), { force: true });
}

export function renameRun(seedsDir: string, from: string, to: string): void {
  const run = readRun(seedsDir, from);
  if (!run) return;
  writeRun(seedsDir, { ...run, document: to });
  removeRun(seedsDir, from);
}
