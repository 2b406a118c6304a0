import { inflectionOf, stemsInText, stemsOf, withoutPrefixes, withoutSuffixes } from './inflection.js';
import {
  foldGap,
  isAllCapitals,
  isKatakana,
  isUpperCase,
  scriptOf,
  segmentBoundaries,
  type Word,
  wordsOf,
} from './words.js';

/** A name to look for, with what it stands for. */
export interface IndexedName<Value> {
  text: string;
  lang: string | null;
  value: Value;
  /** Whether small and capital letters are equal, as for words that are not names. */
  anyCase?: boolean;
}

/** An occurrence of a name, in UTF-16 units of the text. */
export interface Match<Value> {
  start: number;
  end: number;
  /** The words of the text that it covers: from the first to before the last. */
  words: [first: number, end: number];
  /** What stands for it: several values if the same name is given to several. */
  values: Value[];
}

interface Entry<Value> extends IndexedName<Value> {
  words: Word[];
  /** Punctuation that belongs to the name, e.g. brackets. */
  before: string;
  after: string;
}

interface Node<Value> {
  exact: Map<string, Node<Value>>;
  /** By the beginning of a word that has endings. */
  stems: Map<string, Node<Value>[]>;
  entries: Entry<Value>[];
}

/** The end of a candidate: the entries there, and the part of the first and last word that is the name. */
interface Candidate<Value> {
  entries: Entry<Value>[];
  first: number;
  last: number;
  start: number;
  end: number;
}

const MAX_SHORT_NAME = 4;

/**
 * Finds names in texts: the longest one at each position, and only whole words of the language of the name. Takes time proportional to
 * the text, whatever the number of names.
 */
export class NameIndex<Value> {
  readonly #root: Node<Value> = newNode();
  readonly #inflections = new Set<string>();

  constructor(names: Iterable<IndexedName<Value>>) {
    for (const name of names) this.#add(name);
  }

  #add(name: IndexedName<Value>): void {
    const words = wordsOf(name.text);
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) return;
    let node = this.#root;
    for (const [index, word] of words.entries()) {
      const gap = index === 0 ? '' : foldGap(name.text.slice(words[index - 1]?.end, word.start));
      const key = keyOf(gap, word.folded);
      let next = node.exact.get(key);
      if (!next) {
        next = newNode();
        node.exact.set(key, next);
      }
      const inflection = name.anyCase ? null : inflectionOf(word, name.lang);
      if (inflection) {
        this.#inflections.add(inflection);
        for (const stem of stemsOf(word.folded)) {
          const stemKey = keyOf(gap, stem, inflection);
          const known = node.stems.get(stemKey);
          if (!known) node.stems.set(stemKey, [next]);
          else if (!known.includes(next)) known.push(next);
        }
      }
      node = next;
    }
    node.entries.push({
      ...name,
      words,
      before: foldGap(name.text.slice(0, first.start)).trim(),
      after: foldGap(name.text.slice(last.end)).trim(),
    });
  }

  /**
   * The longest names, from left to right, none of them overlapping; within those that are `open`, also the shorter names that they contain.
   */
  search(
    text: string,
    words: readonly Word[] = wordsOf(text),
    isOpen: (value: Value) => boolean = () => false,
  ): Match<Value>[] {
    const boundaries = segmentBoundaries(text);
    const matches: Match<Value>[] = [];
    const searchWithin = (from: number, until: number, isInner: boolean): void => {
      for (let index = from; index < until; ) {
        const isWhole = (last: number) => isInner && index === from && last === until - 1;
        const match = this.#longestAt(text, words, index, boundaries, (last) => last < until && !isWhole(last));
        if (match) {
          matches.push(match);
          if (match.values.every(isOpen)) searchWithin(...match.words, true);
        }
        index = match ? match.words[1] : index + 1;
      }
    };
    searchWithin(0, words.length, false);
    return matches;
  }

  #longestAt(
    text: string,
    words: readonly Word[],
    first: number,
    boundaries: ReadonlySet<number>,
    mayEndAt: (last: number) => boolean,
  ): Match<Value> | null {
    const candidates: Candidate<Value>[] = [];
    const walk = (node: Node<Value>, index: number, start: number): void => {
      const word = words[index];
      if (!word) return;
      const isFirst = index === first;
      const gap = isFirst ? '' : foldGap(text.slice(words[index - 1]?.end, word.start));
      const follow = (next: Node<Value>, begin: number, end: number, isWhole = true): void => {
        if (next.entries.length > 0 && mayEndAt(index))
          candidates.push({ entries: next.entries, first, last: index, start: begin, end });
        if (isWhole) walk(next, index + 1, begin);
      };
      const from = isFirst ? word.start : start;
      const exact = node.exact.get(keyOf(gap, word.folded));
      const inflected = new Set(
        [...this.#inflections].flatMap((inflection) =>
          [...stemsInText(word.folded, inflection)].flatMap(
            (stem) => node.stems.get(keyOf(gap, stem, inflection)) ?? [],
          ),
        ),
      );
      if (exact) inflected.add(exact);
      for (const next of inflected) follow(next, from, word.end);
      for (const part of withoutSuffixes(word)) {
        const next = node.exact.get(keyOf(gap, part.folded));
        if (next) follow(next, from, word.start + part.end, false);
      }
      for (const part of isFirst ? withoutPrefixes(word) : []) {
        const next = node.exact.get(keyOf(gap, part.folded));
        if (next) follow(next, word.start + part.start, word.end);
      }
    };
    walk(this.#root, first, 0);
    const longestFirst = candidates.sort((a, b) => b.end - a.end || a.start - b.start);
    for (const candidate of longestFirst) {
      const found = candidate.entries.flatMap((entry) => {
        const span = spanOf(text, words, candidate, entry, boundaries);
        return span ? [{ entry, span }] : [];
      });
      const longest = found.sort((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start))[0]?.span;
      if (!longest) continue;
      return {
        ...longest,
        words: [candidate.first, candidate.last + 1],
        values: found
          .filter(({ span }) => span.start === longest.start && span.end === longest.end)
          .map(({ entry }) => entry.value),
      };
    }
    return null;
  }
}

const newNode = <Value>(): Node<Value> => ({ exact: new Map(), stems: new Map(), entries: [] });
const keyOf = (gap: string, folded: string, inflection = ''): string => `${gap}\0${folded}\0${inflection}`;

/** The position of a candidate with the punctuation of its name; null if it is not the name as a whole. */
function spanOf<Value>(
  text: string,
  words: readonly Word[],
  { first, last, start, end }: Candidate<Value>,
  entry: Entry<Value>,
  boundaries: ReadonlySet<number>,
): { start: number; end: number } | null {
  const covered = words.slice(first, last + 1);
  if (!entry.anyCase && !hasCapitalsOf(entry, covered)) return null;
  if (!beginsWord(text, start, boundaries) || !endsWord(text, words[last] as Word, end, boundaries)) return null;
  const from = start - entry.before.length;
  const until = end + entry.after.length;
  if (entry.before && foldGap(text.slice(from, start)) !== entry.before) return null;
  if (entry.after && foldGap(text.slice(end, until)) !== entry.after) return null;
  return { start: from, end: until };
}

/** Whether words have capital letters where the name has them. "US" is not "us", and "Ira" is not "IRA". */
function hasCapitalsOf({ words: name }: { words: readonly Word[] }, words: readonly Word[]): boolean {
  return name.every((expected, index) => {
    const found = words[index]?.text ?? '';
    if (isAllCapitals(expected.text)) return isAllCapitals(found) || !/\p{Ll}/u.test(found);
    if (!isUpperCase(expected.text)) return true;
    if (name.length === 1 && isAllCapitals(found) && found.length <= MAX_SHORT_NAME) return false;
    return isUpperCase(found);
  });
}

const isContinuous = (character: string): boolean => scriptOf(character) === 'CONTINUOUS';

function beginsWord(text: string, start: number, boundaries: ReadonlySet<number>): boolean {
  const character = characterAt(text, start);
  if (!isContinuous(character)) return true;
  return boundaries.has(start) && !(isKatakana(character) && isKatakana(text[start - 1] ?? ''));
}

function endsWord(text: string, word: Word, end: number, boundaries: ReadonlySet<number>): boolean {
  if (isContinuous(word.text)) return boundaries.has(end) && !(isKatakana(word.text) && isKatakana(text[end] ?? ''));
  // "O'Neill" and "Знам'янка" are one word each; "Iran's" and "Rusya'nın" are a name and its ending.
  const [, more] = /^['’ʼ]([\p{L}\p{M}]+)/u.exec(text.slice(end, end + 40)) ?? [];
  return more === undefined || (!isUpperCase(more) && more.length <= MAX_ENDING_AFTER_APOSTROPHE);
}
const MAX_ENDING_AFTER_APOSTROPHE = 5;

const characterAt = (text: string, unit: number): string => String.fromCodePoint(text.codePointAt(unit) ?? 0);
