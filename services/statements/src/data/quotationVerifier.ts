import { badUserInput, type CodePointText, citationId } from '@dossier/domain';
import { type Difference, TextMatcher } from '@dossier/seed-format/sources';
import { LRUCache } from 'lru-cache';

type QuotationMatch = 'VERBATIM' | 'NORMALIZED' | 'NOT_FOUND' | 'UNAVAILABLE';
type TextDifference = 'CASE' | 'ACCENTS' | 'QUOTATION_MARKS' | 'DASHES';

/** The comparison of words with a text. Passages are citation ids. */
export interface Verification {
  match: QuotationMatch;
  /** Null if the text is not available. */
  occurrenceCount: number | null;
  /** The first occurrences: those that are verbatim, if any is. */
  citations: string[];
  /** The most similar passage if the words do not occur; null if nothing is similar. */
  nearest: string | null;
  nearestDiffersIn: TextDifference[];
}

const MAX_WORDS = 2000;
const MAX_CITATIONS = 20;
/** Texts that are kept folded, which takes about ten times their size. */
const MAX_MATCHERS = 4;
/** Maximum number of steps of the search for a similar passage. It blocks the process for about a tenth of a second. */
const MAX_STEPS = 10_000_000;

const DIFFERENCES: Record<Difference, TextDifference> = {
  case: 'CASE',
  accents: 'ACCENTS',
  'quotation marks': 'QUOTATION_MARKS',
  dashes: 'DASHES',
};

export const UNAVAILABLE: Verification = {
  match: 'UNAVAILABLE',
  occurrenceCount: null,
  citations: [],
  nearest: null,
  nearestDiffersIn: [],
};

/** Throws BAD_USER_INPUT unless there are words to look for, and not too many. */
export function assertWords(words: string): void {
  if (words.trim() === '') throw badUserInput('words', '"words" is empty; expected the words to look for.');
  if (words.length > MAX_WORDS)
    throw badUserInput('words', `"words" has ${words.length} characters; expected at most ${MAX_WORDS}.`);
}

/** Returns a function that compares words with the text of a document. It keeps the last few texts in the form for matching. */
export function quotationVerifier(): (document: string, text: CodePointText, words: string) => Verification {
  const matchers = new LRUCache<string, TextMatcher>({ max: MAX_MATCHERS });
  return (document, text, words) => {
    let matcher = matchers.get(document);
    if (!matcher) {
      matcher = new TextMatcher(text, MAX_STEPS);
      matchers.set(document, matcher);
    }
    const found = matcher.find(words);
    if (found.length > 0) {
      const trimmed = words.trim();
      const verbatim = found.filter(({ start, end }) => text.slice(start, end) === trimmed);
      const occurrences = verbatim.length > 0 ? verbatim : found;
      return {
        match: verbatim.length > 0 ? 'VERBATIM' : 'NORMALIZED',
        occurrenceCount: occurrences.length,
        citations: occurrences.slice(0, MAX_CITATIONS).map(({ start, end }) => citationId(document, start, end)),
        nearest: null,
        nearestDiffersIn: [],
      };
    }
    const nearest = matcher.nearest(words);
    return {
      match: 'NOT_FOUND',
      occurrenceCount: 0,
      citations: [],
      nearest: nearest && citationId(document, nearest.start, nearest.end),
      nearestDiffersIn: (nearest?.differences ?? []).map((difference) => DIFFERENCES[difference]),
    };
  };
}
