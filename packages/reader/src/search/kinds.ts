import type { EventKind, Qualifier } from '@dossier/client';
import { enumText } from '../parts/labels.js';
import { hasWords, wordsOf } from './rank.js';

const EVENT_KINDS: Record<EventKind, true> = {
  RECOGNITION: true,
  SEVERANCE_OF_RELATIONS: true,
  UN_VOTE: true,
  TELEGRAM: true,
  PUBLICATION: true,
  VISIT: true,
  DETENTION: true,
  MEDIA_STATEMENT: true,
  ECONOMIC_OUTREACH: true,
  LABOUR_DEPLOYMENT: true,
  LABOUR_WITHDRAWAL: true,
  OFFICIAL_REPORT: true,
  SANCTIONS_IMPOSITION: true,
  AGREEMENT_TERMINATION: true,
  BORDER_CLOSURE: true,
  HISTORICAL_EVENT: true,
  COMMEMORATION: true,
  ARMED_CONFLICT: true,
  HISTORICAL_TRADE_PRACTICE: true,
  CORRUPT_PRACTICE: true,
  DEPICTED_MEETING: true,
};

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
  return { eventKinds: named(Object.keys(EVENT_KINDS) as EventKind[]), qualifiers: named(WITHOUT_NUMBER) };
}
