import { type DateFragment, type DateWords, dateLabelIn } from '@dossier/client';
import { formatDate, t } from '../messages/messages.js';

/** The words of dates in the language of the pages. */
export const DATE_WORDS: DateWords = {
  date: ({ year, month, day }) => {
    const date = new Date(0);
    // Not in the constructor, which adds 1900 to a year below 100.
    date.setUTCFullYear(year, (month ?? 1) - 1, day ?? 1);
    if (month === null) return String(year).padStart(4, '0');
    return formatDate(date, { ...(day !== null && { day: 'numeric' }), month: 'long', year: 'numeric' });
  },
  about: (date) => t('date.about', { date }),
  possibly: (date) => t('date.possibly', { date }),
  possiblyAbout: (date) => t('date.possiblyAbout', { date }),
  notAfter: (date) => t('date.notAfter', { date }),
  notBefore: (date) => t('date.notBefore', { date }),
  range: (from, until) => t('date.range', { from, until }),
  between: (from, until) => t('date.between', { from, until }),
  oneOf: (dates) => dates.join(t('date.or')),
  get unknown() {
    return t('date.unknown');
  },
  inferred: (date) => t('date.inferred', { date }),
  background: (date) => t('date.background', { date }),
};

/** A date of the graph as text, never more precise than the evidence. */
export const dateText = (date: Pick<DateFragment, 'edtf' | 'basis'>): string => dateLabelIn(DATE_WORDS, date);

/** A calendar date as text. */
export const dayText = (date: string): string => dateText({ edtf: date, basis: 'STATED' });
