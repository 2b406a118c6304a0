import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, contentsOf, type Found, problemAt } from './input.js';
import { quotedPhrases } from './quotedPhrases.js';

const SHARED_AT_MOST = 7;
const QUOTED_AT_MOST = 5;
const NAMED_AT_MOST = 7;

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Whose words a text is: it may share a run of seven with a mounted document, and quote a phrase of five. */
interface Documents {
  /** Every run of eight words of a mounted document. */
  runs: ReadonlySet<string>;
  isIn: (phrase: string[]) => boolean;
  /** Whether all texts are there to compare with: without one of them, no phrase is known not to be in it. */
  areAllMounted: boolean;
}

/** The words are not the document's: names and short quoted phrases aside, the seeds say everything in their own. */
export const words: Check = ({ entries, files, texts }) => {
  const documents = documentsOf(texts);
  return [
    ...entries.flatMap((entry) =>
      contentsOf(entry).texts.flatMap((found) => {
        if (isTitle(entry, found)) return [];
        const { value, step } = found;
        return [
          ...borrowed(value, documents),
          ...(isName(entry, found) ? tooLong('a name', value, NAMED_AT_MOST) : []),
          ...(step === 'statedAs' ? tooLong('a quotation', value, QUOTED_AT_MOST) : []),
        ].map((message) => problemAt(entry, found.path, message));
      }),
    ),
    ...files.flatMap(({ name, comments }) =>
      comments.flatMap(({ line, text }) =>
        borrowed(text, documents).map(
          (message): Problem => ({ file: name, line, path: '', message: `a comment ${message}` }),
        ),
      ),
    ),
  ];
};

const known = new WeakMap<CheckInput['texts'], Documents>();

/** Made once for the texts that are mounted, which are the same for all folders. */
function documentsOf(texts: CheckInput['texts']): Documents {
  let documents = known.get(texts);
  if (!documents) {
    const mounted = [...texts.values()].flatMap(({ text }) => (text ? [wordsOf(text.toString())] : []));
    const whole = mounted.map((all) => ` ${all.join(' ')} `);
    documents = {
      runs: new Set(
        mounted.flatMap((all) =>
          all.slice(SHARED_AT_MOST).map((_, index) => all.slice(index, index + SHARED_AT_MOST + 1).join(' ')),
        ),
      ),
      isIn: (phrase) => whole.some((all) => all.includes(` ${phrase.join(' ')} `)),
      areAllMounted: texts.size > 0 && mounted.length === texts.size,
    };
    known.set(texts, documents);
  }
  return documents;
}

/** Titles of works may stand as they are: the document's own, and those of sources outside it. */
const isTitle = ({ parsed }: Entry, found: Found): boolean => {
  const key = keyOf(found);
  return (
    (parsed.section === 'document' && key === 'title') ||
    key === 'paragraphSource' ||
    (found.step === 'title' && found.path.includes('references'))
  );
};

/** A group that nobody names is called by our own description, which may be longer. */
function isName({ parsed: { section, record } }: Entry, found: Found): boolean {
  const key = keyOf(found);
  if (key === 'aliases') return found.step === 'text';
  return key === 'name' && (section === 'places' || (section === 'actors' && record['kind'] !== 'GROUP'));
}

/** The key of the record that a value stands under. */
const keyOf = ({ above, step }: Found): string | number =>
  above === null || above.above === null ? step : keyOf(above);

function borrowed(text: string, { runs, isIn, areAllMounted }: Documents): string[] {
  const own = runs.size === 0 ? [] : wordsOf(text);
  const shared = own.findIndex((_, index) => runs.has(own.slice(index, index + SHARED_AT_MOST + 1).join(' ')));
  const quoted = quotedWords(text, { isIn, areAllMounted });
  return [
    ...(shared >= 0
      ? [
          `shares ${SHARED_AT_MOST + 1} consecutive words with the document, beginning at word ${shared + 1}; expected own words.`,
        ]
      : []),
    ...(quoted === null ? [] : [`quotes ${quoted} words; expected at most ${QUOTED_AT_MOST}.`]),
  ];
}

/** Maximum length of a phrase that is compared with the documents, in UTF-16 units. A longer quotation shares eight words in a row, which is reported anyway. */
const LONGEST_COMPARED = 2000;

/** The number of words of the first quotation that is too long; null if there is none. */
function quotedWords(text: string, { isIn, areAllMounted }: Pick<Documents, 'isIn' | 'areAllMounted'>): number | null {
  const ours = new Set<string>();
  for (const { phrase, count, isSure } of quotedPhrases(text, QUOTED_AT_MOST, SHARED_AT_MOST)) {
    if (isSure && !areAllMounted) return count;
    if (phrase.length > LONGEST_COMPARED || ours.has(phrase)) continue;
    if (isIn(wordsOf(phrase))) return count;
    ours.add(phrase);
  }
  return null;
}

function tooLong(what: string, text: string, most: number): string[] {
  const { length } = text.trim().split(/\s+/);
  return length > most ? [`${what} of ${length} words; expected at most ${most}.`] : [];
}
