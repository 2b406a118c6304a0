import type { CodePointText } from '@dossier/domain/facts';
import type { Paragraph } from '../documentFile.js';
import { truncate } from '../problem.js';
import type { NearMatch, TextMatcher, TextRange } from '../textMatch.js';

/** Maximum length of words of the text in a message, in UTF-16 units. */
const MAX_EXCERPT = 120;
/** Code points around an occurrence that tell it from others. */
const CONTEXT = 24;

/** The paragraph that a range is in, as a phrase. */
export function paragraphOf(paragraphs: readonly Paragraph[], { start, end }: TextRange): string {
  const within = paragraphs.find((paragraph) => isWithin(paragraph, { start, end }));
  if (within) return `paragraph ${within.number}`;
  const touched = paragraphs.filter((paragraph) => paragraph.start < end && start < paragraph.end);
  return touched.length > 0
    ? `not within one paragraph, but in ${touched.map(({ number }) => number).join(', ')}`
    : 'in no paragraph';
}

export const isWithin = (paragraph: TextRange, { start, end }: TextRange): boolean =>
  paragraph.start <= start && end <= paragraph.end;

/** Words of the text on one line, in quotes. */
const excerpt = (words: string): string => JSON.stringify(truncate(words.replace(/\s+/g, ' '), MAX_EXCERPT));

/** An occurrence with the words around it. */
export function describeOccurrence(
  text: CodePointText,
  paragraphs: readonly Paragraph[],
  { start, end }: TextRange,
): string {
  const around = text.slice(Math.max(0, start - CONTEXT), Math.min(text.length, end + CONTEXT));
  const where = paragraphOf(paragraphs, { start, end }).replace(/^paragraph/, 'in paragraph');
  return `[${start}, ${end}] ${where}: ${excerpt(around)}`;
}

/** The part of the text that is most similar to words that do not occur, and what differs; null if nothing is similar. */
export function nearestTo(
  matcher: TextMatcher,
  text: CodePointText,
  words: string,
): { range: TextRange; description: string } | null {
  const near = matcher.nearest(words);
  if (!near) return null;
  const found = excerpt(text.slice(near.start, near.end));
  return { range: near, description: `The nearest match ${differenceOf(near)}: ${found}` };
}

function differenceOf({ differences, change }: NearMatch): string {
  if (!change) return `differs in ${differences.join(' and ')}`;
  if (change.words === '') return `also has ${excerpt(change.text)}`;
  if (change.text === '') return `lacks ${excerpt(change.words)}`;
  return `has ${excerpt(change.text)} instead of ${excerpt(change.words)}`;
}
