import { beginsSentence, coverOf, type Paragraph, type Span } from './paragraphs.js';
import { isUpperCase, type Word } from './words.js';

/** Words before a person's name that are not part of it. */
const TITLES = new Set(
  (
    'president premier minister prime deputy vice foreign defense defence finance interior chancellor king queen prince princess emperor empress duke ' +
    'duchess count countess baron lord lady sir dame general colonel major captain lieutenant marshal admiral commander sergeant senator ' +
    'secretary ambassador envoy governor mayor judge justice chairman chairwoman chair director professor doctor dr mr mrs ms comrade ' +
    'pope archbishop bishop cardinal imam sheikh ayatollah leader chief head spokesman spokeswoman spokesperson analyst expert former then ' +
    'президент премьер министр генерал полковник посол глава господин товарищ'
  ).split(' '),
);
const CALENDAR = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december ' +
    'jan feb mar apr jun jul aug sept sep oct nov dec'
  ).split(' '),
);
/** Words that often begin a sentence or stand alone with a capital letter, and are not names. */
const COMMON = new Set(
  (
    'i a an the this that these those he she it they we you his her its their our my your in on at by for from to of with without as if but and or ' +
    'not no so yet than then there here when while where who whom whose which what why how after before during since until under over about ' +
    'according however moreover furthermore meanwhile besides also still only even both each every all some many most more few several other another ' +
    'yes today yesterday tomorrow recently finally perhaps now once one two three four five six seven eight nine ten be is are was were will would ' +
    'can could may might must should shall do does did has have had let mr source reasons considerable because although though despite ' +
    'nevertheless nonetheless indeed instead later earlier again like unlike among between through against asked said quoting citing ' +
    'в на и а но он она оно они мы вы это этот эта эти что как по из от до для при за о об у с к не если когда также однако'
  ).split(' '),
);
const CONNECTORS = new Set('of the and for de la du des von van der den bin ibn al el di da dos'.split(' '));
const WITH_CASE = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

export const isTitle = (word: string): boolean => TITLES.has(word);
/** Whether a capitalised word is probably not a name: it is often at the beginning of a sentence, ends like an adverb, or is also written small. */
export const isCommonWord = ({ folded }: Word, words: readonly Word[]): boolean =>
  COMMON.has(folded) || /\p{Ll}{6}ly$/u.test(folded) || words.some(({ text }) => text === folded);
export const isCalendarWord = (word: string): boolean => CALENDAR.has(word);

const HYPHEN = /^[-\u2010\u2011]$/u;

/** Whether the gap between two words of one name may be this. */
const joins = (gap: string, before: Word): boolean =>
  /^(?: |\u00a0|\n|\r\n|[-\u2010\u2011]|['’]|& | & )$/u.test(gap) || (gap === '. ' && before.text.length === 1);

/**
 * Runs of capitalised words that are not among the known names: probably names. The first word of a sentence counts only if it is
 * followed by another capitalised word, or is found as a name elsewhere. Headlines are left out, because all their words may be
 * capitalised, and so are scripts without capital letters.
 */
export function unknownNames(
  paragraphs: readonly Paragraph[],
  known: ReadonlyMap<Paragraph, readonly Span[]>,
): Map<Paragraph, Span[]> {
  const runs = paragraphs
    .filter(({ role }) => role !== 'TITLE')
    .flatMap((paragraph) => [...runsOf(paragraph, known.get(paragraph) ?? [])].map((run) => ({ paragraph, ...run })));
  const certain = new Set(runs.filter(({ isCertain }) => isCertain).map(({ folded }) => folded));
  const found = new Map<Paragraph, Span[]>();
  for (const { paragraph, isCertain, folded, start, end } of runs)
    if (isCertain || certain.has(folded)) found.set(paragraph, [...(found.get(paragraph) ?? []), { start, end }]);
  return found;
}

function* runsOf(
  paragraph: Paragraph,
  known: readonly Span[],
): Generator<Span & { folded: string; isCertain: boolean }> {
  const { content, words } = paragraph;
  const isKnown = coverOf(known);
  const isName = (index: number): boolean => {
    const word = words[index];
    return (
      word !== undefined &&
      isUpperCase(word.text) &&
      WITH_CASE.test(word.text) &&
      !CALENDAR.has(word.folded) &&
      !isKnown(word)
    );
  };
  for (let index = 0; index < words.length; index += 1) {
    if (!isName(index)) continue;
    const begin = index;
    let last = index;
    for (let next = index + 1; next < words.length; next += 1) {
      const [before, word] = [words[next - 1] as Word, words[next] as Word];
      if (!joins(content.slice(before.end, word.start), before)) break;
      // "Kim Yo-jong"
      if (isName(next) || (last === next - 1 && HYPHEN.test(content.slice(before.end, word.start)))) last = next;
      else if (!CONNECTORS.has(word.folded) || next - last > 2 || isKnown(word)) break;
    }
    index = last;
    const isFirst = beginsSentence(paragraph, begin);
    let first = begin;
    while (
      first < last &&
      (TITLES.has(words[first]?.folded ?? '') ||
        CONNECTORS.has(words[first]?.folded ?? '') ||
        (first === begin && isFirst && COMMON.has(words[first]?.folded ?? '')))
    )
      first += 1;
    const name = words.slice(first, last + 1);
    const [from, until] = [name[0], name.at(-1)];
    if (
      !from ||
      !until ||
      (name.length === 1 && (isTitle(from.folded) || COMMON.has(from.folded) || from.text.length < 2))
    )
      continue;
    yield {
      start: from.start,
      end: until.end,
      folded: name.map(({ folded }) => folded).join(' '),
      isCertain: name.length > 1 || first > begin || !isFirst,
    };
  }
}
