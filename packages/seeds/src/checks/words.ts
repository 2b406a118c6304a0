import type { Path, Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, problemAt, valuesOf } from './input.js';

const SHARED_AT_MOST = 7;
const QUOTED_AT_MOST = 5;
const NAMED_AT_MOST = 7;
const QUOTED = /(?<![\p{L}\p{N}])(?:'([^']+)'|‘([^’]+)’|"([^"]+)"|“([^”]+)”)(?![\p{L}\p{N}])/gu;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[a-z0-9]+/g) ?? [];

/** The words are not the document's: names and short quoted phrases aside, the seeds say everything in their own. */
export const words: Check = ({ entries, texts }) => {
  const documents = [...texts.values()].flatMap(({ text }) => (text ? [wordsOf(text.toString())] : []));
  const runs = new Set(documents.flatMap((all) => all.slice(SHARED_AT_MOST).map((_, index) => all.slice(index, index + SHARED_AT_MOST + 1).join(' '))));
  const whole = documents.map((all) => ` ${all.join(' ')} `);
  return entries.flatMap((entry) =>
    [...valuesOf(entry.parsed.record)].flatMap(({ value, path }) =>
      typeof value === 'string' && !isTitle(entry, path) ? problemsOf(entry, path, value, runs, texts.size > 0 && documents.length === texts.size ? whole : null) : [],
    ),
  );
};

/** Titles of works may stand as they are: the document's own, and those of sources outside it. */
const isTitle = ({ parsed }: Entry, path: Path): boolean =>
  (parsed.section === 'document' && path[0] === 'title') || path[0] === 'paragraphSource' || (path.includes('references') && path.at(-1) === 'title');

function problemsOf(entry: Entry, path: Path, text: string, runs: Set<string>, whole: string[] | null): Problem[] {
  const own = wordsOf(text);
  const shared = own.findIndex((_, index) => runs.has(own.slice(index, index + SHARED_AT_MOST + 1).join(' ')));
  const problems: Problem[] = [];
  if (shared >= 0) problems.push(problemAt(entry, path, `shares ${SHARED_AT_MOST + 1} consecutive words with the document, beginning at word ${shared + 1}; expected own words.`));
  for (const match of text.matchAll(QUOTED)) {
    const quoted = wordsOf(match.slice(1).find((group) => group !== undefined) ?? '');
    const isOfDocument = whole === null || whole.some((all) => all.includes(` ${quoted.join(' ')} `));
    if (quoted.length > QUOTED_AT_MOST && isOfDocument) problems.push(problemAt(entry, path, `quotes ${quoted.length} words; expected at most ${QUOTED_AT_MOST}.`));
  }
  if (isName(path) && text.split(/\s+/).length > NAMED_AT_MOST) problems.push(problemAt(entry, path, `a name of ${text.split(/\s+/).length} words; expected at most ${NAMED_AT_MOST}.`));
  if (path.at(-1) === 'statedAs' && text.split(/\s+/).length > QUOTED_AT_MOST) problems.push(problemAt(entry, path, `quotes ${text.split(/\s+/).length} words; expected at most ${QUOTED_AT_MOST}.`));
  return problems;
}

const isName = (path: Path): boolean => path[0] === 'aliases' && path.at(-1) === 'text';
