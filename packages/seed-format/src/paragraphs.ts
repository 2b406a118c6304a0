import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import type { TextRange } from './textMatch.js';

/** A line of more code points than this was not wrapped to a width, so that a line break ends a paragraph. */
const MAX_WRAPPED_LINE = 120;
/** A first paragraph of more code points than this is not a title. */
const MAX_TITLE = 200;

export interface NewParagraph extends TextRange {
  number: number;
  role: 'TITLE' | 'BODY';
  digest: string;
}

const LINE = /([^\n\r\f\v\u0085\u2028\u2029]*)(?:\r\n|[\n\r\f\v\u0085\u2028\u2029]|$)/g;
/** White space, and characters without any width. */
const MARGIN = '[\\s\\u200b\\u2060]*';
const CONTENT = new RegExp(`^(${MARGIN})(.*?)${MARGIN}$`, 'su');

interface Line {
  /** In UTF-16 units, without the white space around it. */
  start: number;
  end: number;
}

/**
 * The paragraphs of a text, without the white space around them. A paragraph is a block of lines between blank lines. If the text
 * has no blank lines, or has a line that is too long to have been wrapped, each line that is not blank is a paragraph.
 * The first paragraph has the role TITLE if it is one short line and others follow.
 */
export function paragraphsOf(text: CodePointText): NewParagraph[] {
  const blocks = blocksOf(text.toString());
  const lines = blocks.flat();
  const isWrapped = blocks.length > 1 && lines.every((line) => lengthOf(text, line) <= MAX_WRAPPED_LINE);
  const paragraphs = isWrapped ? blocks : lines.map((line) => [line]);
  return paragraphs.map((block, index) => {
    const start = text.positionOf((block[0] as Line).start);
    const end = text.positionOf((block.at(-1) as Line).end);
    const isTitle = index === 0 && paragraphs.length > 1 && block.length === 1 && end - start <= MAX_TITLE;
    return {
      number: index + 1,
      role: isTitle ? 'TITLE' : 'BODY',
      start,
      end,
      digest: passageDigest(text.slice(start, end)),
    };
  });
}

const lengthOf = (text: CodePointText, { start, end }: Line): number => text.positionOf(end) - text.positionOf(start);

/** Runs of lines that are not blank. */
function blocksOf(text: string): Line[][] {
  const blocks: Line[][] = [];
  let block: Line[] = [];
  for (const match of text.matchAll(LINE)) {
    const [, margin = '', content = ''] = CONTENT.exec(match[1] as string) ?? [];
    const start = match.index + margin.length;
    if (content !== '') block.push({ start, end: start + content.length });
    else if (block.length > 0) {
      blocks.push(block);
      block = [];
    }
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}
