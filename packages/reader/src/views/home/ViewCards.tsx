import type { ReaderOverviewQuery } from '@dossier/client';
import { type ViewName, writeAddress } from '../../address.js';
import { formatNumber } from '../../messages/messages.js';

interface ViewCard {
  view: ViewName;
  title: string;
  says: string;
  /** `count` is undefined if it could not be loaded. */
  counts: (data: ReaderOverviewQuery) => [count: number | undefined, of: string][];
}

const VIEW_CARDS: ViewCard[] = [
  {
    view: 'documents',
    title: 'Documents',
    says: 'The text or our summaries of it, paragraph by paragraph, with each claim in its place.',
    counts: ({ documents }) => [[documents?.totalCount, 'documents']],
  },
  {
    view: 'said',
    title: 'Who said what',
    says: 'Each claim on its way from the speaker to the document, and what supports or contradicts it.',
    counts: ({ statements }) => [[statements?.totalCount, 'statements']],
  },
  {
    view: 'tensions',
    title: 'Tensions and cautions',
    says: 'Where statements are at odds, with both sides’ words, and passages that are easily misread.',
    counts: () => [],
  },
  {
    view: 'timeline',
    title: 'Timeline',
    says: 'What happened, was planned or is alleged, drawn as wide as the dates are uncertain.',
    counts: ({ events }) => [[events?.totalCount, 'events']],
  },
  {
    view: 'sanctions',
    title: 'Sanctions',
    says: 'Provisions, the claims that bear on them, and who was listed on a day.',
    counts: ({ provisions, provisionLinks }) => [
      [provisions?.totalCount, 'provisions'],
      [provisionLinks?.totalCount, 'readings'],
    ],
  },
  {
    view: 'trade',
    title: 'Trade',
    says: 'Figures with their bounds, what was computed from what, and what has no number.',
    counts: ({ tradeFigures }) => [[tradeFigures?.totalCount, 'figures']],
  },
  {
    view: 'network',
    title: 'Network',
    says: 'Who spoke to whom, who passed it on, who recognised and who traded with whom.',
    counts: ({ actors }) => [[actors?.totalCount, 'actors']],
  },
];

/** Links to the views, each with the number of its records. */
export const ViewCards = ({ data }: { data: ReaderOverviewQuery }) => (
  <ul class="doors">
    {VIEW_CARDS.map(({ view, title, says, counts }) => (
      <li key={view} class="door">
        <h2>
          <a href={writeAddress(view)}>{title}</a>
        </h2>
        <p>{says}</p>
        <p class="door-count">
          {counts(data).map(([count, of]) => (
            <span key={of}>
              {count === undefined ? (
                <span class="not-now">{of}: not available now</span>
              ) : count === 1 ? (
                `1 ${of.replace(/s$/, '')}`
              ) : (
                `${formatNumber(count)} ${of}`
              )}{' '}
            </span>
          ))}
        </p>
      </li>
    ))}
  </ul>
);
