import type { CodePointText } from '@dossier/domain/facts';

/** A part of a text, half-open, in code points. */
export interface TextRange {
  start: number;
  end: number;
}

/** What must be ignored for two texts to be equal. */
export type Difference = 'case' | 'accents' | 'quotation marks' | 'dashes';

/** The part of a text that is most similar to words that do not occur in it. */
export interface NearMatch extends TextRange {
  /** What must be ignored for it to match; empty if it has other words. */
  differences: Difference[];
  /** The part in which text and words differ; null if only `differences` do. */
  change: { text: string; words: string } | null;
}

const DIFFERENCES: readonly Difference[] = ['case', 'accents', 'quotation marks', 'dashes'];
const NONE: ReadonlySet<Difference> = new Set();
const ALL: ReadonlySet<Difference> = new Set(DIFFERENCES);

const DOUBLE_MARK = /^["\u201c-\u201f\u2033\u00ab\u00bb\u301d-\u301f\uff02]$/;
const SINGLE_MARK = /^['`\u00b4\u02b9\u02bb\u02bc\u2018-\u201b\u2032\u2039\u203a\uff07]$/;
const HYPHEN = /^[\u2010\u2011]$/;
const DASH = /^\p{Pd}$|^\u2212$/u;
/** Formatting that is not visible, e.g. soft hyphens and direction marks. */
const INVISIBLE = /^[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]$/;

// White space, a character that no combining character follows, or a run in which characters may combine. All characters that combine are above U+02FF.
const PIECE = /\s+|[\0-\u02ff](?![\u0300-\u{10ffff}])|\S+/gu;
const COMBINING = /[\u0300-\u{10ffff}]/u;
const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Default of the maximum number of steps of the search for the nearest match: length of the text times length of the words. */
const MAX_STEPS = 100_000_000;
/** The nearest match may differ in this part of its characters. */
const MAX_DIFFERENT = 1 / 3;
/** Maximum number of characters by which the nearest match is extended to a whole word. */
const MAX_EXTENSION = 16;

/**
 * Finds words in a text. Composed and decomposed characters, forms of quotation marks and apostrophes, kinds and
 * amounts of white space, and hyphens are treated as equal, and invisible formatting is ignored. A match never begins or ends
 * within a grapheme: `e` does not match a part of `é`, however that is encoded.
 */
export class TextMatcher {
  readonly #text: CodePointText;
  readonly #folded: Folded;
  readonly #maxSteps: number;
  #loose: Folded | null = null;

  /** `maxSteps` limits the search for the nearest match: length of the text times length of the words, of which a step takes nanoseconds. */
  constructor(text: CodePointText, maxSteps = MAX_STEPS) {
    this.#text = text;
    this.#maxSteps = maxSteps;
    this.#folded = fold(text.toString(), NONE);
  }

  /** All occurrences of the words, in order. They may overlap. White space around the words is ignored. */
  find(words: string): TextRange[] {
    const wanted = foldWords(words, NONE);
    const { text } = this.#folded;
    const found: TextRange[] = [];
    for (let unit = text.indexOf(wanted); wanted !== '' && unit >= 0; unit = text.indexOf(wanted, unit + 1)) {
      const range = this.#rangeOf(this.#folded, unit, unit + wanted.length);
      if (range) found.push(range);
    }
    return found;
  }

  /** The part of the text that is most similar to the words, for words that do not occur; null if nothing is similar. */
  nearest(words: string): NearMatch | null {
    this.#loose ??= fold(this.#text.toString(), ALL);
    const loose = this.#loose;
    const wanted = foldWords(words, ALL);
    const similar = wanted === '' ? null : mostSimilar(loose.text, wanted, this.#maxSteps);
    const range = similar && this.#rangeOf(loose, similar.start, similar.end, true);
    if (!range) return null;
    const text = this.#text.slice(range.start, range.end);
    return foldWords(text, ALL) === wanted
      ? { ...range, differences: differencesOf(words, text), change: null }
      : { ...range, differences: [], change: changeOf(words, text) };
  }

  /** The range of the text for a range of the folded text; null if it begins or ends within a grapheme, unless that is to be extended. */
  #rangeOf({ pieces, starts, ends }: Folded, from: number, until: number, extend = false): TextRange | null {
    const [first, last] = [pieces[from] as number, pieces[until - 1] as number];
    if (!extend && (pieces[from - 1] === first || pieces[until] === last)) return null;
    return {
      start: this.#text.positionOf(starts[first] as number),
      end: this.#text.positionOf(ends[last] as number),
    };
  }
}

interface Folded {
  text: string;
  /** The piece that each UTF-16 unit of the folded text comes from. */
  pieces: number[];
  /** Start and end of each piece in the original text, in UTF-16 units. */
  starts: number[];
  ends: number[];
}

function fold(text: string, ignored: ReadonlySet<Difference>): Folded {
  const [pieces, starts, ends]: [number[], number[], number[]] = [[], [], []];
  // Joined at the end: looking at the end of a growing string copies all of it each time.
  const contents: string[] = [];
  let last = '';
  let unit = 0;
  for (const piece of piecesOf(text)) {
    let content = foldPiece(piece, ignored);
    if (content === ' ' && last === ' ') content = '';
    for (let index = 0; index < content.length; index += 1) pieces.push(starts.length);
    if (content !== '') {
      contents.push(content);
      last = content;
    }
    starts.push(unit);
    unit += piece.length;
    ends.push(unit);
  }
  return { text: contents.join(''), pieces, starts, ends };
}

const foldWords = (words: string, ignored: ReadonlySet<Difference>): string => fold(words, ignored).text.trim();

/** Runs of white space, and graphemes. */
function* piecesOf(text: string): Generator<string> {
  for (const [run] of text.matchAll(PIECE)) {
    if (!COMBINING.test(run) || /^\s/.test(run)) yield run;
    else for (const { segment } of GRAPHEMES.segment(run)) yield segment;
  }
}

function foldPiece(piece: string, ignored: ReadonlySet<Difference>): string {
  if (/^\s/.test(piece)) return ' ';
  if (INVISIBLE.test(piece)) return '';
  if (DOUBLE_MARK.test(piece)) return '"';
  if (SINGLE_MARK.test(piece)) return ignored.has('quotation marks') ? '"' : "'";
  if (HYPHEN.test(piece) || (ignored.has('dashes') && DASH.test(piece))) return '-';
  const cased = ignored.has('case') ? piece.toLowerCase() : piece;
  return ignored.has('accents') ? cased.normalize('NFD').replace(/\p{M}+/gu, '') : cased.normalize('NFC');
}

/** The kinds of differences that must be ignored for the two to be equal. */
function differencesOf(words: string, found: string): Difference[] {
  return DIFFERENCES.filter((difference) => {
    const others = new Set(DIFFERENCES.filter((other) => other !== difference));
    return foldWords(words, others) !== foldWords(found, others);
  });
}

/** What is left of the two without the words at the beginning and the end that are the same. */
function changeOf(words: string, text: string): { text: string; words: string } {
  const wanted = foldWords(words, NONE).split(' ');
  const found = foldWords(text, NONE).split(' ');
  while (wanted.length > 0 && wanted[0] === found[0]) {
    wanted.shift();
    found.shift();
  }
  while (wanted.length > 0 && wanted.at(-1) === found.at(-1)) {
    wanted.pop();
    found.pop();
  }
  return { text: found.join(' '), words: wanted.join(' ') };
}

/** The part of a folded text with the smallest edit distance to the words, extended to whole words; null if none is similar enough. */
function mostSimilar(text: string, words: string, maxSteps: number): TextRange | null {
  const exact = text.indexOf(words);
  if (exact >= 0) return { start: exact, end: exact + words.length };
  const found = text.length * words.length > maxSteps ? null : approximate(text, words);
  if (!found || found.start === found.end) return null;
  let { start, end } = found;
  const isInWord = (unit: number): boolean => isWordUnit(text, unit - 1) && isWordUnit(text, unit);
  for (let left = MAX_EXTENSION; left > 0 && isInWord(start); left -= 1) start -= 1;
  for (let left = MAX_EXTENSION; left > 0 && isInWord(end); left -= 1) end += 1;
  while (text[start] === ' ') start += 1;
  while (text[end - 1] === ' ') end -= 1;
  return { start, end };
}

const isWordUnit = (text: string, unit: number): boolean => /[\p{L}\p{N}\ud800-\udfff]/u.test(text.charAt(unit));

/** Sellers' algorithm: edit distance of the words to the part of the text that ends at each unit, with the start of that part. */
function approximate(text: string, words: string): TextRange | null {
  const size = words.length + 1;
  let distances = Int32Array.from({ length: size }, (_, row) => row);
  let starts = new Int32Array(size);
  let nextDistances = new Int32Array(size);
  let nextStarts = new Int32Array(size);
  let best = Math.floor(words.length * MAX_DIFFERENT) + 1;
  let range = null as TextRange | null;
  for (let unit = 0; unit < text.length; unit += 1) {
    nextDistances[0] = 0;
    nextStarts[0] = unit + 1;
    const code = text.charCodeAt(unit);
    for (let row = 1; row < size; row += 1) {
      const replaced = (distances[row - 1] as number) + (words.charCodeAt(row - 1) === code ? 0 : 1);
      const added = (distances[row] as number) + 1;
      const missing = (nextDistances[row - 1] as number) + 1;
      const distance = Math.min(replaced, added, missing);
      nextDistances[row] = distance;
      nextStarts[row] = (
        distance === replaced ? starts[row - 1] : distance === added ? starts[row] : nextStarts[row - 1]
      ) as number;
    }
    [distances, nextDistances] = [nextDistances, distances];
    [starts, nextStarts] = [nextStarts, starts];
    const [distance, start] = [distances[size - 1] as number, starts[size - 1] as number];
    // Of parts that begin at the same place, the longest: it has what stands for the last words.
    if (distance < best || (distance === best && range?.start === start)) {
      best = distance;
      range = { start, end: unit + 1 };
    }
  }
  return range;
}
