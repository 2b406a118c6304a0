import type { Match, NameIndex } from './nameIndex.js';
import type { NamedParty } from './names.js';
import { beginsSentence, type Paragraph, type Span } from './paragraphs.js';
import { isCalendarWord, isCommonWord, isTitle } from './properNames.js';
import { isUpperCase } from './words.js';

/** Words that name a known actor or place; several if the name is given to several. */
export interface KnownMention extends Span {
  parties: NamedParty[];
}

export function knownMentions(paragraph: Paragraph, names: NameIndex<NamedParty>): KnownMention[] {
  const matches = names.search(paragraph.content, paragraph.words, ({ isOpen }) => isOpen);
  return matches
    .filter((match, index) => !isPartOfOtherName(paragraph, match, matches[index - 1], matches[index + 1]))
    .map(({ start, end, values }) => ({ start, end, parties: uniqueById(values) }))
    .filter((mention, index, mentions) => !isPartOfItself(mention, mentions.slice(0, index)));
}

/** "North Korean leader" within "the current North Korean leader" is the same mention. */
const isPartOfItself = (inner: KnownMention, earlier: readonly KnownMention[]): boolean =>
  earlier.some(
    (outer) =>
      outer.start <= inner.start &&
      inner.end <= outer.end &&
      outer.parties.some(({ id }) => inner.parties.some((party) => party.id === id)),
  );

const uniqueById = (parties: readonly NamedParty[]): NamedParty[] =>
  [...new Map([...parties].reverse().map((party) => [party.id, party])).values()].reverse();

/**
 * Whether a surname or first name is part of a longer name that is not known: "Kim" of "Kim Yo-jong" is not Kim Jong-un. A title
 * before it is not part of the name, and neither is a common word that only begins a sentence.
 */
function isPartOfOtherName(
  paragraph: Paragraph,
  match: Match<NamedParty>,
  before: Match<NamedParty> | undefined,
  after: Match<NamedParty> | undefined,
): boolean {
  if (paragraph.role === 'TITLE' || !match.values.every(({ isPartOfPerson }) => isPartOfPerson)) return false;
  const { content, words } = paragraph;
  const [first, end] = match.words;
  const [previous, next] = [words[first - 1], words[end]];
  if (
    next &&
    after?.words[0] !== end &&
    /^[ \u00a0-]$/u.test(content.slice(match.end, next.start)) &&
    isUpperCase(next.text) &&
    !isCalendarWord(next.folded)
  )
    return true;
  return (
    previous !== undefined &&
    before?.words[1] !== first &&
    /^[ \u00a0]$/u.test(content.slice(previous.end, match.start)) &&
    isUpperCase(previous.text) &&
    previous.text.length > 1 &&
    !isTitle(previous.folded) &&
    !isCalendarWord(previous.folded) &&
    !(beginsSentence(paragraph, first - 1) && isCommonWord(previous, words))
  );
}
