import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, contentsOf, entriesOf, type Located, problemAt } from './input.js';
import { quotedPhrases } from './quotedPhrases.js';

const MAX_SHARED_WORDS = 7;
const MAX_QUOTED_WORDS = 5;
// The longest official names of bodies have some twenty words.
const MAX_NAME_WORDS = 30;
// Titles of legal acts that amend others have more than a hundred.
const MAX_TITLE_WORDS = 200;

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** The words of the mounted documents, to compare texts of the seeds with. */
interface Documents {
  /** Every run of eight words of a mounted document. */
  runs: ReadonlySet<string>;
  isIn: (phrase: string[]) => boolean;
  /** Whether the texts of all documents are mounted. If one is missing, a phrase may be in it. */
  areAllMounted: boolean;
}

/** Reports texts and comments that copy the words of a document, except for names, titles and short quoted phrases. */
export const words: Check = ({ entries, files, texts }) => {
  const documents = documentsOf(texts);
  const descriptions = descriptionsIn(entries, texts);
  return [
    ...entries.flatMap((entry) =>
      contentsOf(entry).texts.flatMap((found) => {
        const { value, step } = found;
        if (isTitle(entry, found))
          return lengthProblem('a title', value, MAX_TITLE_WORDS).map((message) =>
            problemAt(entry, found.path, message),
          );
        return [
          ...(isName(entry, found) && isProperName(value, languageOf(found), descriptions)
            ? []
            : copiedWords(value, documents)),
          ...(isName(entry, found) ? lengthProblem('a name', value, MAX_NAME_WORDS) : []),
          ...(step === 'statedAs' ? lengthProblem('a quotation', value, MAX_QUOTED_WORDS) : []),
        ].map((message) => problemAt(entry, found.path, message));
      }),
    ),
    ...files.flatMap(({ name, comments }) =>
      comments.flatMap(({ line, text }) =>
        copiedWords(text, documents).map(
          (message): Problem => ({ file: name, line, path: '', message: `a comment ${message}` }),
        ),
      ),
    ),
  ];
};

const documentsCache = new WeakMap<CheckInput['texts'], Documents>();

/** Computed once for the mounted texts, which are the same for all folders. */
function documentsOf(texts: CheckInput['texts']): Documents {
  let documents = documentsCache.get(texts);
  if (!documents) {
    const mounted = [...texts.values()].flatMap(({ text }) => (text ? [wordsOf(text.toString())] : []));
    const whole = mounted.map((all) => ` ${all.join(' ')} `);
    documents = {
      runs: new Set(
        mounted.flatMap((all) =>
          all.slice(MAX_SHARED_WORDS).map((_, index) => all.slice(index, index + MAX_SHARED_WORDS + 1).join(' ')),
        ),
      ),
      isIn: (phrase) => whole.some((all) => all.includes(` ${phrase.join(' ')} `)),
      areAllMounted: texts.size > 0 && mounted.length === texts.size,
    };
    documentsCache.set(texts, documents);
  }
  return documents;
}

/** Fields with official titles. */
const TITLES: Readonly<Record<string, readonly string[]>> = {
  document: ['title', 'series'],
  instruments: ['symbol', 'title'],
  regimes: ['name'],
};

/**
 * Whether a text is an official title, which may be copied at any length: of the document, a legal act or a sanctions programme, or of a source
 * outside the documents. It identifies what it is the title of, and other words would be another title.
 */
const isTitle = ({ parsed }: Entry, found: Located): boolean =>
  (found.above?.above === null && TITLES[parsed.section]?.includes(String(found.step))) ||
  found.step === 'paragraphSource' ||
  (found.step === 'title' && found.path.includes('references'));

/** Whether a text is a name. The name of a GROUP may be a description, which may be longer. */
function isName({ parsed: { section, record } }: Entry, found: Located): boolean {
  const key = keyOf(found);
  if (key === 'aliases') return found.step === 'text';
  if (section === 'offices') return key === 'title';
  return key === 'name' && (section === 'places' || (section === 'actors' && record['kind'] !== 'GROUP'));
}

/** The language of an alias; null if it is not known. Names are English. */
const languageOf = ({ above, step }: Located): string | null =>
  step === 'text' ? (((above?.value as { lang?: string | null } | undefined)?.lang ?? null) as string | null) : 'en';

/** The words of the mentions that describe somebody instead of naming them. */
function descriptionsIn(entries: Entry[], texts: CheckInput['texts']): ReadonlySet<string> {
  const descriptions = new Set<string>();
  for (const entry of entriesOf(entries, 'actors', 'places', 'additions')) {
    const { record } = entry.parsed;
    const text = texts.get((record['origin'] as { document: string | null }).document ?? '')?.text;
    const mentions = record['mentions'] as { form: string; at: [number, number] }[];
    if (!text) continue;
    for (const { form, at } of mentions)
      if (form === 'DESCRIPTION') descriptions.add(wordsOf(text.slice(...at)).join(' '));
  }
  return descriptions;
}

/**
 * Whether a name may share its words with a document: a proper name of any length may, a description of somebody is text. Most long words of
 * a proper name in English are capitalised; other languages capitalise only the first one, if their script has capitals.
 */
function isProperName(name: string, lang: string | null, descriptions: ReadonlySet<string>): boolean {
  if (descriptions.has(wordsOf(name).join(' '))) return false;
  const all: string[] = name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const isEnglish = /^\p{Script=Latin}/u.test(all[0] ?? '') && (lang === null || /^en\b/i.test(lang));
  const named = isEnglish ? all.filter((word) => word.length > 3) : all.slice(0, 1);
  return named.filter((word) => !/^\p{Ll}/u.test(word)).length * 2 >= named.length;
}

/** The key of the record that contains a value. */
const keyOf = ({ above, step }: Located): string | number =>
  above === null || above.above === null ? step : keyOf(above);

function copiedWords(text: string, { runs, isIn, areAllMounted }: Documents): string[] {
  const ownWords = runs.size === 0 ? [] : wordsOf(text);
  const shared = ownWords.findIndex((_, index) =>
    runs.has(ownWords.slice(index, index + MAX_SHARED_WORDS + 1).join(' ')),
  );
  const quoted = quotedWords(text, { isIn, areAllMounted });
  return [
    ...(shared >= 0
      ? [
          `shares ${MAX_SHARED_WORDS + 1} consecutive words with the document, beginning at word ${shared + 1}; expected a text in other words.`,
        ]
      : []),
    ...(quoted === null ? [] : [`quotes ${quoted} words; expected at most ${MAX_QUOTED_WORDS}.`]),
  ];
}

/** Maximum length of a phrase that is compared with the documents, in UTF-16 units. A longer quotation shares eight consecutive words, which is reported anyway. */
const MAX_COMPARED_LENGTH = 2000;

/** The number of words of the first quotation that is too long; null if there is none. */
function quotedWords(text: string, { isIn, areAllMounted }: Pick<Documents, 'isIn' | 'areAllMounted'>): number | null {
  const compared = new Set<string>();
  for (const { phrase, count, isCertain } of quotedPhrases(text, MAX_QUOTED_WORDS, MAX_SHARED_WORDS)) {
    if (isCertain && !areAllMounted) return count;
    if (phrase.length > MAX_COMPARED_LENGTH || compared.has(phrase)) continue;
    if (isIn(wordsOf(phrase))) return count;
    compared.add(phrase);
  }
  return null;
}

function lengthProblem(what: string, text: string, max: number): string[] {
  const { length } = text.trim().split(/\s+/);
  return length > max ? [`${what} of ${length} words; expected at most ${max}.`] : [];
}
