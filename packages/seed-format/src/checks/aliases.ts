import { CodePointText } from '@dossier/domain';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import { TextMatcher } from '../textMatch.js';
import { dividesWord } from '../wordBoundary.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Alias = Seeds['actors'][number]['aliases'][number];

/** What a case may add to a name, in letters. */
const MAX_ENDING = 3;

/** Reports aliases that are said to be in the document, and do not occur in its text as whole words, apart from case and case endings. */
export const aliases: Check = ({ entries, texts }) => {
  const finders = new Map<string, WordFinder | null>();
  const finderOf = (document: string): WordFinder | null => {
    let finder = finders.get(document);
    if (finder === undefined) {
      const text = texts.get(document)?.text;
      finder = text ? new WordFinder(text.toString()) : null;
      finders.set(document, finder);
    }
    return finder;
  };
  return entriesOf(entries, 'actors', 'places', 'additions').flatMap((entry): Problem[] => {
    const { aliases: all, origin } = entry.parsed.record as unknown as {
      aliases: Alias[];
      origin: { document: string | null };
    };
    return all.flatMap((alias, index) =>
      alias.inDocument && finderOf(origin.document ?? '')?.has(alias) === false
        ? [
            problemAt(
              entry,
              ['aliases', index, 'text'],
              `"${alias.text}" does not occur in the text; expected words of the text, or no "inDocument".`,
            ),
          ]
        : [],
    );
  });
};

/** Finds aliases in a text. */
class WordFinder {
  readonly #text: CodePointText;
  readonly #matcher: TextMatcher;

  constructor(text: string) {
    this.#text = new CodePointText(text.toLowerCase());
    this.#matcher = new TextMatcher(this.#text);
  }

  has({ text, lang }: Alias): boolean {
    // English adds no letters to a name that make another form of it.
    const hasCases = lang === null ? !/\p{Script=Latin}/u.test(text) : !/^en(?:-|$)/i.test(lang);
    return this.#matcher
      .find(text.toLowerCase())
      .some(
        ({ start, end }) => !dividesWord(this.#text, start) && this.#lettersAfter(end) <= (hasCases ? MAX_ENDING : 0),
      );
  }

  #lettersAfter(end: number): number {
    let count = 0;
    while (count <= MAX_ENDING && dividesWord(this.#text, end + count)) count += 1;
    return count;
  }
}
