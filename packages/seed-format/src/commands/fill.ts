import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import { type DocumentFile, missingText, mountDocument, type Paragraph, readDocumentFile } from '../documentFile.js';
import { folderFileNames, folderNames, readSeedFile, replaceFile } from '../files.js';
import { fillWords, type Resolution } from '../fillWords.js';
import { formatProblem } from '../problem.js';
import { TextMatcher } from '../textMatch.js';
import { mayHaveWords } from '../unfinished.js';
import { failure, type Outcome, success } from './outcome.js';
import { describeOccurrence, isWithin, nearestTo } from './passages.js';

/** Maximum number of occurrences that are listed. */
const MAX_LISTED = 20;

/**
 * Replaces the words in the records of a document by positions and digests. What resolves is written; the rest is reported
 * and stays as it is.
 */
export function fill(seedsDir: string, documentsDir: string | null, folder: string): Outcome {
  const document = readDocumentFile(seedsDir, folder);
  if (Array.isArray(document)) return failure(document);
  const mounted = mountDocument(documentsDir, document);
  if (!mounted.text) return failure(missingText(document, mounted));
  const resolver = resolverFor(document, mounted.text);
  const lines: string[] = [];
  let count = 0;
  let left = 0;
  for (const file of folderFileNames(seedsDir, folder)) {
    const path = join(seedsDir, file);
    const source = readFileSync(path, 'utf8');
    if (!mayHaveWords(source)) continue;
    const { problems } = readSeedFile(seedsDir, file);
    if (problems.length > 0) {
      lines.push(...problems.map(formatProblem));
      left += problems.length;
      continue;
    }
    const filled = fillWords(source, file === document.file ? resolver.anywhere : resolver.inParagraph);
    if (filled.source !== source) replaceFile(path, filled.source);
    count += filled.count;
    left += filled.problems.length;
    if (filled.count > 0)
      lines.push(`${file}: ${filled.count} ${filled.count === 1 ? 'passage' : 'passages'} filled in.`);
    for (const { line, path: place, messages } of filled.problems) {
      const [message = '', ...details] = messages;
      lines.push(formatProblem({ file, line, path: place, message }), ...details.map((detail) => `  ${detail}`));
    }
  }
  if (left > 0) return failure([...lines, `${count} filled in, ${left} not.`]);
  return success(count > 0 ? lines : [`No words to fill in for ${folder}.`]);
}

/** Does the same for all documents that have such records. */
export function fillAll(seedsDir: string, documentsDir: string | null): Outcome {
  const outcomes = folderNames(seedsDir)
    .filter((folder) =>
      folderFileNames(seedsDir, folder).some((file) => mayHaveWords(readFileSync(join(seedsDir, file), 'utf8'))),
    )
    .map((folder) => fill(seedsDir, documentsDir, folder));
  if (outcomes.length === 0) return success(['No words to fill in.']);
  return {
    output: outcomes.map(({ output }) => output).join('\n'),
    status: outcomes.some(({ status }) => status === 1) ? 1 : 0,
  };
}

type Resolver = (words: string, occurrence: number | null) => Resolution;

function resolverFor({ paragraphs }: DocumentFile, text: CodePointText): { inParagraph: Resolver; anywhere: Resolver } {
  const matcher = new TextMatcher(text);
  const resolverIn =
    (within: readonly Paragraph[]): Resolver =>
    (words, occurrence) => {
      const all = matcher.find(words);
      const ranges =
        within.length === 0 ? all : all.filter((range) => within.some((paragraph) => isWithin(paragraph, range)));
      const [first] = ranges;
      if (!first) {
        const near = all[0] ? null : nearestTo(matcher, text, words);
        return {
          messages: [
            all[0]
              ? 'the words are not within one paragraph; expected words of one paragraph.'
              : 'these words do not occur in the text; expected words of the text.',
            ...(near ? [near.description, describeOccurrence(text, paragraphs, near.range)] : []),
            ...(all[0] ? [describeOccurrence(text, paragraphs, all[0])] : []),
          ],
        };
      }
      const range = occurrence === null ? (ranges.length === 1 ? first : undefined) : ranges[occurrence - 1];
      if (range) return { at: [range.start, range.end], digest: passageDigest(text.slice(range.start, range.end)) };
      const times = ranges.length === 1 ? 'once' : `${ranges.length} times`;
      return {
        messages: [
          occurrence === null
            ? `the words occur ${times}; expected "occurrence:" with one of these numbers:`
            : `occurrence ${occurrence} of words that occur ${times}; expected one of these numbers:`,
          ...ranges
            .slice(0, MAX_LISTED)
            .map((each, index) => `${index + 1}: ${describeOccurrence(text, paragraphs, each)}`),
          ...(ranges.length > MAX_LISTED ? [`… and ${ranges.length - MAX_LISTED} more.`] : []),
        ],
      };
    };
  return { inParagraph: resolverIn(paragraphs), anywhere: resolverIn([]) };
}
