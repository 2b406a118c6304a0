import { type EventKind, eventKindValues, type Qualifier } from '@dossier/client';
import { enumText } from '../parts/labels.js';
import { hasWords, wordsOf } from './rank.js';

/** The words that stand for a quantity without a number. "Over" or "about" would find figures by a word that means much else. */
const WITHOUT_NUMBER: readonly Qualifier[] = [
  'VIRTUALLY_NIL',
  'UNQUANTIFIED',
  'DECLINING',
  'MINUSCULE_RANGE',
  'ABOVE_MARKET_PRICE',
  'BELOW_MARKET_PRICE',
  'NOT_COMPUTABLE',
];

/** Shorter words are the beginning of too many. */
const MIN_LENGTH = 4;

/** The kinds of events and the qualifiers of figures whose name has the words; null if none has them. */
export function kindsNamed(words: string): { eventKinds: EventKind[] | null; qualifiers: Qualifier[] | null } {
  const typed = wordsOf(words);
  const isLong = typed.every((word) => word.length >= MIN_LENGTH) || typed.length > 1;
  const named = <TValue extends string>(values: readonly TValue[]): TValue[] | null => {
    const found = isLong ? values.filter((value) => hasWords(enumText(value), typed)) : [];
    return found.length > 0 ? found : null;
  };
  return { eventKinds: named(eventKindValues), qualifiers: named(WITHOUT_NUMBER) };
}
