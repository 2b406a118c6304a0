import { type CodePointText, citationId, passageDigest } from '@dossier/domain/facts';
import { type DocumentFile, missingText } from '../documentFile.js';
import type { MountedDocument } from '../mounted.js';
import { TextMatcher, type TextRange } from '../textMatch.js';
import { failure, type Outcome, success } from './outcome.js';
import { nearestTo, paragraphOf } from './passages.js';

/** Every occurrence of the words in the document, as passages to paste into a record. */
export function cite(document: DocumentFile, mounted: MountedDocument, words: string): Outcome {
  const { text } = mounted;
  if (!text) return failure(missingText(document, mounted));
  const matcher = new TextMatcher(text);
  const ranges = matcher.find(words);
  if (ranges.length === 0) {
    const near = nearestTo(matcher, text, words);
    return failure([
      `These words do not occur in document:${document.folder}.`,
      ...(near ? [near.description, ...formatPassage(document, text, near.range)] : []),
    ]);
  }
  return success([
    ...(ranges.length > 1 ? [`The words occur ${ranges.length} times.`] : []),
    ...ranges.flatMap((range) => formatPassage(document, text, range)),
  ]);
}

function formatPassage({ folder, paragraphs }: DocumentFile, text: CodePointText, { start, end }: TextRange): string[] {
  return [
    citationId(folder, start, end),
    `  ${paragraphOf(paragraphs, { start, end })}`,
    `  { at: [${start}, ${end}], digest: "${passageDigest(text.slice(start, end))}" }`,
  ];
}
