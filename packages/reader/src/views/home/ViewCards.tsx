import type { ReaderOverviewQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { t } from '../../messages/messages.js';

/** What is counted on the cards. */
type Counted = 'documents' | 'statements' | 'events' | 'provisions' | 'assessments' | 'figures' | 'actors';

interface ViewCard {
  view: 'documents' | 'said' | 'tensions' | 'timeline' | 'sanctions' | 'trade' | 'network';
  /** `count` is undefined if it could not be loaded. */
  counts: (data: ReaderOverviewQuery) => [count: number | undefined, of: Counted][];
}

const VIEW_CARDS: ViewCard[] = [
  { view: 'documents', counts: ({ documents }) => [[documents?.totalCount, 'documents']] },
  { view: 'said', counts: ({ statements }) => [[statements?.totalCount, 'statements']] },
  { view: 'tensions', counts: () => [] },
  { view: 'timeline', counts: ({ events }) => [[events?.totalCount, 'events']] },
  {
    view: 'sanctions',
    counts: ({ provisions, provisionLinks }) => [
      [provisions?.totalCount, 'provisions'],
      [provisionLinks?.totalCount, 'assessments'],
    ],
  },
  { view: 'trade', counts: ({ tradeFigures }) => [[tradeFigures?.totalCount, 'figures']] },
  { view: 'network', counts: ({ actors }) => [[actors?.totalCount, 'actors']] },
];

/** Links to the views, each with the number of its records. */
export const ViewCards = ({ data }: { data: ReaderOverviewQuery }) => (
  <ul class="doors">
    {VIEW_CARDS.map(({ view, counts }) => (
      <li key={view} class="door">
        <h2>
          <a href={writeAddress(view)}>{t(view === 'tensions' ? 'tensions.title' : `view.${view}`)}</a>
        </h2>
        <p>{t(`home.view.${view}`)}</p>
        {counts(data).length > 0 && (
          <p class="door-count">
            {counts(data).map(([count, of]) => (
              <span key={of}>
                {count === undefined ? (
                  <span class="not-now">{t('home.countUnavailable', { what: t(`home.of.${of}`) })}</span>
                ) : (
                  t(`count.${of}`, { count })
                )}{' '}
              </span>
            ))}
          </p>
        )}
      </li>
    ))}
  </ul>
);
