import type { QuoteFault } from './locate.js';

/** Why a proposal was dropped, or a part of it. */
export type Fault =
  | QuoteFault
  | 'INVALID'
  | 'DUPLICATE'
  | 'TOO_MANY'
  | 'UNKNOWN_ID'
  | 'NOT_AN_ACTOR'
  | 'NAME_OF_ANOTHER'
  | 'NOT_A_DATE'
  | 'CONTRADICTS_TEXT';

/** Something that a reply contained and that is not in the proposals. */
export interface Dropped {
  kind: 'statement' | 'quotation' | 'figure' | 'link';
  /** What was dropped: the whole proposal, or a part of it. */
  part: 'proposal' | 'actor' | 'date';
  fault: Fault;
  /** For a message only: the words or the id, as the model gave them. */
  shown: string;
}

const FAULTS: Readonly<Record<Fault, string>> = {
  NOT_IN_PARAGRAPH: 'words that are not in the paragraph',
  AMBIGUOUS: 'words that occur several times',
  NO_SUCH_OCCURRENCE: 'an occurrence that does not exist',
  WITHIN_A_WORD: 'words that begin or end inside a word or a number',
  INVALID: 'not of the expected form',
  DUPLICATE: 'proposed twice',
  TOO_MANY: 'too many',
  UNKNOWN_ID: 'an id that does not exist',
  NOT_AN_ACTOR: 'a place instead of an actor',
  NAME_OF_ANOTHER: 'an id that does not fit the name',
  NOT_A_DATE: 'words that are not one date',
  CONTRADICTS_TEXT: 'a value, unit or date that the words contradict',
};
const MAX_SHOWN = 60;

export const describeDropped = ({ kind, part, fault, shown }: Dropped): string =>
  `${part === 'proposal' ? `dropped ${kind}` : `dropped ${part} of a ${kind}`}: ${FAULTS[fault]}: ${JSON.stringify([...shown].slice(0, MAX_SHOWN).join(''))}`;

/** How often something was dropped for each reason, the most frequent first. */
export function droppedCounts(dropped: readonly { fault: string }[]): string {
  const counts = new Map<string, number>();
  for (const { fault } of dropped) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([fault, count]) => `${count} ${FAULTS[fault as Fault] ?? fault}`)
    .join(', ');
}
