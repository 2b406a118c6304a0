import { CodePointText, passageDigest } from '@dossier/domain/facts';
import type { Paragraph } from '../proposals/paragraphs.js';
import { TextMatcher, type TextRange } from '../textMatch.js';
import { dividesWord } from '../wordBoundary.js';
import type { QuoteItem } from './responseSchema.js';

/** A passage of the text, in code points, with its digest. */
export interface Passage {
  at: [number, number];
  digest: string;
}

/** Why words lead to no passage. */
export type QuoteFault = 'NOT_IN_PARAGRAPH' | 'AMBIGUOUS' | 'NO_SUCH_OCCURRENCE' | 'WITHIN_A_WORD';

/** Finds quoted words in one paragraph, with the folding of `seeds fill`. Words that do not occur are never moved to similar ones. */
export class QuoteLocator {
  readonly #text: CodePointText;
  readonly #start: number;
  readonly #matcher: TextMatcher;

  constructor({ content, positionOf }: Pick<Paragraph, 'content' | 'positionOf'>) {
    this.#text = new CodePointText(content);
    this.#start = positionOf(0);
    this.#matcher = new TextMatcher(this.#text);
  }

  /** The passage of the words, or why there is none. Of several occurrences, `occurrence` or the words around it must leave one. */
  locate({ words, occurrence, before, after }: QuoteItem): Passage | QuoteFault {
    const found = this.#find(words);
    if (found.length === 0) return 'NOT_IN_PARAGRAPH';
    if (occurrence !== null && occurrence > found.length) return 'NO_SUCH_OCCURRENCE';
    const [only, other] = found.length === 1 ? found : this.#chosen(found, occurrence, before, after);
    if (!only || other) return 'AMBIGUOUS';
    if (dividesWord(this.#text, only.start) || dividesWord(this.#text, only.end)) return 'WITHIN_A_WORD';
    return {
      at: [this.#start + only.start, this.#start + only.end],
      digest: passageDigest(this.#text.slice(only.start, only.end)),
    };
  }

  // Folding takes time, and words that are much longer than the text are not in it.
  #find(words: string): TextRange[] {
    return words.length > 4 * this.#text.length + 100 ? [] : this.#matcher.find(words);
  }

  #chosen(found: TextRange[], occurrence: number | null, before: string | null, after: string | null): TextRange[] {
    const ends = isBlank(before) ? null : new Set(this.#find(before).map(({ end }) => end));
    const starts = isBlank(after) ? null : new Set(this.#find(after).map(({ start }) => start));
    return found.filter(
      ({ start, end }, index) =>
        (occurrence === null || index === occurrence - 1) &&
        (ends === null || ends.has(this.#skipSpace(start, -1))) &&
        (starts === null || starts.has(this.#skipSpace(end, 1))),
    );
  }

  #skipSpace(position: number, step: 1 | -1): number {
    let at = position;
    while (/^\s$/u.test(this.#character(step < 0 ? at - 1 : at))) at += step;
    return at;
  }

  /** The code point at a position; empty outside the text. */
  #character(position: number): string {
    return position < 0 ? '' : this.#text.slice(position, position + 1);
  }
}

const isBlank = (words: string | null): words is null => words === null || words.trim() === '';
