import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import type { DocumentFile } from '@dossier/seed-format/authoring';
import type { CiteAnswer } from '../api.js';
import { AnnotateError } from './errors.js';

const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The passage for a selection, in code points. White space at its ends is left out. `words` are those that the page shows there: if they
 * are not those of the text, the selection was made in another text, or counted wrongly. Throws an AnnotateError unless the passage is
 * within one paragraph and does not begin or end inside a character.
 */
export function passageAt(
  { paragraphs }: DocumentFile,
  text: CodePointText,
  selection: { start: number; end: number; words: string },
): CiteAnswer {
  const { start, end } = selection;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end <= start || end > text.length)
    throw new AnnotateError(
      'INVALID_PASSAGE',
      `[${start}, ${end}] is not a passage; expected a start before its end, within the ${text.length} code points of the text.`,
    );
  const selected = text.slice(start, end);
  if (selected !== selection.words)
    throw new AnnotateError('INVALID_PASSAGE', 'The selected words are not those of the text; reload the page.');
  const before = [...(/^\s*/u.exec(selected)?.[0] ?? '')].length;
  const after = [...(/\s*$/u.exec(selected)?.[0] ?? '')].length;
  const at: [number, number] = [start + before, end - after];
  if (at[0] >= at[1]) throw new AnnotateError('INVALID_PASSAGE', 'Only white space is selected; expected words.');
  const paragraph = paragraphs.find((each) => each.start <= at[0] && at[1] <= each.end);
  if (!paragraph)
    throw new AnnotateError(
      'INVALID_PASSAGE',
      'The selection is not within one paragraph; expected a passage for each paragraph.',
    );
  const boundaries = graphemeBoundaries(text.slice(paragraph.start, paragraph.end), paragraph.start);
  if (!boundaries.has(at[0]) || !boundaries.has(at[1]))
    throw new AnnotateError(
      'INVALID_PASSAGE',
      'The selection begins or ends inside a character, between a letter and its marks; expected whole characters.',
    );
  return { at, digest: passageDigest(text.slice(...at)), paragraph: paragraph.number };
}

/** The positions at which a character begins or ends, in code points from `origin`. */
function graphemeBoundaries(content: string, origin: number): Set<number> {
  const boundaries = new Set([origin]);
  let position = origin;
  for (const { segment } of GRAPHEMES.segment(content)) {
    for (const _ of segment) position += 1;
    boundaries.add(position);
  }
  return boundaries;
}

/** Throws an AnnotateError if the digest of a passage is not that of its words. */
export function assertIntact(
  text: CodePointText,
  { at, digest }: { at: readonly [number, number]; digest: string },
): void {
  if (!Array.isArray(at) || at.length !== 2 || passageDigest(text.slice(at[0] as number, at[1] as number)) !== digest)
    throw new AnnotateError('INVALID_PASSAGE', 'The digest of the passage is not that of its words; select it again.');
}
