import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import { describeOccurrence, nearestTo } from '../commands/passages.js';
import type { Paragraph } from '../documentFile.js';
import type { Proposal } from '../proposals/proposalFile.js';
import { TextMatcher, type TextRange } from '../textMatch.js';
import type { ReadAnnotation } from './annotation.js';
import { fromOffset, type Offsets } from './offsets.js';

type AnnotationProposal = Extract<Proposal, { kind: 'annotation' }>;

interface Imported {
  proposals: AnnotationProposal[];
  /** Why an annotation was dropped, with its number in the file. */
  dropped: string[];
}

const MAX_NOTE = 500;

/**
 * The passages that annotations mark, one for all annotations of the same words. The words of the quote selector decide: an annotation whose words do not occur is dropped, with the
 * nearest passage as a hint. The text around the words and then the position only choose between several occurrences.
 */
export function passagesOf(
  annotations: readonly (ReadAnnotation | null)[],
  text: CodePointText,
  paragraphs: readonly Paragraph[],
  offsets: Offsets,
): Imported {
  const matcher = new TextMatcher(text);
  const proposals = new Map<string, AnnotationProposal>();
  const dropped: string[] = [];
  for (const [index, annotation] of annotations.entries()) {
    const found = annotation ? rangeOf(annotation, matcher, text, paragraphs, offsets) : 'it is not an annotation';
    if (typeof found === 'string') {
      dropped.push(`Annotation ${index + 1} was dropped: ${found}.`);
      continue;
    }
    const at: [number, number] = [found.start, found.end];
    const id = `A${found.start}-${found.end}`;
    const known = proposals.get(id);
    const of = [...new Set([...(known?.of ?? []), ...(annotation?.links.flatMap(localId) ?? [])])];
    const note = [known?.note, annotation?.comment].filter(Boolean).join('\n').slice(0, MAX_NOTE);
    proposals.set(id, {
      id,
      kind: 'annotation',
      at,
      digest: passageDigest(text.slice(...at)),
      ...(of.length > 0 && { of }),
      ...(note && { note }),
    });
  }
  return { proposals: [...proposals.values()], dropped };
}

/** The passage of an annotation; why it has none. */
function rangeOf(
  { quote, position }: ReadAnnotation,
  matcher: TextMatcher,
  text: CodePointText,
  paragraphs: readonly Paragraph[],
  offsets: Offsets,
): TextRange | string {
  if (!quote || quote.exact.trim() === '')
    return 'it has no words (TextQuoteSelector), and a position alone is not enough';
  const found = matcher.find(quote.exact);
  const [only, second] = found;
  if (!only) {
    const near = nearestTo(matcher, text, quote.exact);
    return `its words do not occur in the text${near ? `. ${near.description}` : ''}`;
  }
  if (!second) return only;
  const inContext = withContext(found, matcher, quote);
  if (inContext.length === 1) return inContext[0] as TextRange;
  const start = position && fromOffset(text, position.start, offsets);
  const atPosition = inContext.find((range) => range.start === start);
  return (
    atPosition ??
    `its words occur ${found.length} times, and neither the text around them nor the position says which is meant: ${found
      .slice(0, 3)
      .map((range) => describeOccurrence(text, paragraphs, range))
      .join('; ')}`
  );
}

/** The occurrences that have the prefix and the suffix around them; all if none has. */
function withContext(
  found: TextRange[],
  matcher: TextMatcher,
  { exact, prefix, suffix }: NonNullable<ReadAnnotation['quote']>,
): TextRange[] {
  if (prefix.trim() === '' && suffix.trim() === '') return found;
  const around = matcher.find(`${prefix}${exact}${suffix}`);
  const within = found.filter((range) => around.some(({ start, end }) => start <= range.start && range.end <= end));
  return within.length > 0 ? within : found;
}

/** The local id of a record in a body, e.g. S06 for `statement:memri-sd-10149/S06`; empty for other links. */
const localId = (link: string): string[] => {
  const [, local] = /^[a-z-]+:(?:[^/\s#]+\/)?([A-Za-z0-9][\w-]*)$/.exec(link) ?? [];
  return local === undefined ? [] : [local];
};
