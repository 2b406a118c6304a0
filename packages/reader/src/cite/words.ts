import type { CitationWords, EventStatus } from '@dossier/client';
import { t } from '../messages/messages.js';
import { DATE_WORDS } from '../parts/dates.js';
import { eventStatusText } from '../parts/labels.js';

/** The words of citations in the language of the pages. Numbers are positions in a text: they are not grouped. */
export const CITATION_WORDS: CitationWords = {
  dates: DATE_WORDS,
  accessed: (day, revision, digest) =>
    [t('citation.accessed', { day }), revision && t('citation.revision', { revision })]
      .filter(Boolean)
      .join('; ')
      .concat(digest ? `, ${t('citation.record', { digest })}` : '')
      .replace(/\.?$/, '.'),
  imputed: (to, by) =>
    by === null
      ? t('citation.imputed', { to: to ?? t('citation.another') })
      : t('citation.imputedBy', { to: to ?? t('citation.another'), by }),
  get noSource() {
    return t('citation.noSource');
  },
  probably: (names) => t('citation.probably', { names }),
  claim: (id, document) => t('citation.claim', { id, document }),
  passage: (paragraph, start, end) => {
    const positions = t('citation.characters', { start: String(start), end: String(end) });
    return paragraph === null ? positions : `¶ ${paragraph}, ${positions}`;
  },
  place: (paragraph, start, end, digest) => {
    const positions = { start: String(start), end: String(end), digest };
    return paragraph === null
      ? t('citation.place', positions)
      : t('citation.placeIn', { ...positions, paragraph: String(paragraph) });
  },
  get records() {
    return {
      TradeFigure: t('citation.figure'),
      Event: t('citation.event'),
      Designation: t('citation.listing'),
    };
  },
  passages: (passages) => t('citation.passages', { passages }),
  said: (date) => t('citation.said', { date }),
  published: (date) => t('citation.published', { date }),
  dated: (date) => t('citation.dated', { date }),
  status: (status) => t('citation.status', { status: eventStatusText(status as EventStatus) }),
  statedAs: (words) => t('trade.statedAsOnly', { words }),
  sources: (sources) => t('citation.sources', { sources }),
};
