import type { ReaderBucketsQuery } from '@dossier/client';
import { formatNumber, t } from '../../messages/messages.js';
import { hrefWith } from '../../route.js';
import { type Bucket, bucketLabel } from './buckets.js';

/** Null while it is loading, and if it is not available. */
const countIn = (data: ReaderBucketsQuery | null, field: string): number | null =>
  (data as unknown as Record<string, { totalCount: number } | null> | null)?.[field]?.totalCount ?? null;

const sumOf = ({ events, statements }: { events: number | null; statements: number | null }): number =>
  (events ?? 0) + (statements ?? 0);

interface HistogramProps {
  buckets: readonly Bucket[];
  /** Null while it is loading: the place is kept. */
  data: ReaderBucketsQuery | null;
  shows: { events: boolean; statements: boolean };
}

/** How many events and statements may lie in each interval of the window. Each is a link that zooms into it. */
export function Histogram({ buckets, data, shows }: HistogramProps) {
  const counts = buckets.map((bucket, index) => ({
    bucket,
    events: shows.events ? countIn(data, `events${index}`) : null,
    statements: shows.statements ? countIn(data, `statements${index}`) : null,
  }));
  const most = Math.max(1, ...counts.map(sumOf));
  // The rest is for the number above the highest column.
  const share = (count: number | null): string => `${((80 * (count ?? 0)) / most).toFixed(1)}%`;
  return (
    <>
      <ol class="histogram" aria-label={t('timeline.histogram')}>
        {counts.map(({ bucket, events, statements }) => (
          <li key={bucket.first}>
            <a href={hrefWith('timeline', { window: `${bucket.first},${bucket.last}`, event: null })}>
              <span class="histogram-bars" aria-hidden="true">
                <span class="histogram-count">
                  {sumOf({ events, statements }) > 0 && formatNumber(sumOf({ events, statements }))}
                </span>
                <span class="histogram-said" style={{ height: share(statements) }} />
                <span class="histogram-events" style={{ height: share(events) }} />
              </span>
              <span class="histogram-label">{bucketLabel(bucket)}</span>
              <span class="visually-hidden">
                {[
                  ...(events === null ? [] : [t('count.events', { count: events })]),
                  ...(statements === null ? [] : [t('count.statements', { count: statements })]),
                ].join(', ')}
              </span>
            </a>
          </li>
        ))}
      </ol>
      <ul class="legend-line">
        {shows.events && (
          <li>
            <span class="sample histogram-events" aria-hidden="true" /> {t('timeline.eventsPart')}
          </li>
        )}
        {shows.statements && (
          <li>
            <span class="sample histogram-said" aria-hidden="true" /> {t('timeline.statementsPart')}
          </li>
        )}
        <li>{t('timeline.histogramNote')}</li>
      </ul>
    </>
  );
}
