import { ReaderStatementDocument, TradeSeriesDocument } from '@dossier/client';
import { useEffect } from 'preact/hooks';
import { today } from '../cite/access.js';
import { recordAddress } from '../cite/recordAddress.js';
import { revisionOf } from '../graph/revision.js';
import { useQuery } from '../graph/useQuery.js';
import { rich, t } from '../messages/messages.js';
import { StatusBadge } from '../parts/badges.js';
import { dateText, dayText } from '../parts/dates.js';
import { Loading } from '../parts/Loading.js';
import { enumText, shortId } from '../parts/labels.js';
import { Passages } from '../parts/Passages.js';
import { SafeText } from '../parts/SafeText.js';
import { Carriers, Speaker } from '../parts/Speaker.js';
import { FailedNotice } from '../parts/Unavailable.js';
import { Chart } from '../views/trade/Chart.js';
import { ChartKey } from '../views/trade/ChartKey.js';
import { parseSeries, type Series, yearsOf } from '../views/trade/series.js';
import { slotsOf } from '../views/trade/slots.js';

/** The page of a record in the reader, which a frame opens in a window of its own. */
const readerUrl = (id: string): string => new URL(recordAddress(id), new URL('./', location.href)).href;

/** A chart or a claim for a page of another site: `?series=…` or `?statement=…`. It has nothing that changes anything. */
export function Embed({ params }: { params: URLSearchParams }) {
  const series = parseSeries(params.get('series') ?? undefined);
  const statement = params.get('statement');
  if (series) return <EmbeddedSeries series={series} />;
  if (statement) return <EmbeddedClaim id={statement} />;
  return <p>{t('embed.nothing')}</p>;
}

function EmbeddedSeries({ series }: { series: Series }) {
  const { key, reporter, partner, flow, measure, commodity, unit, frequency } = series;
  const { data, state, failure, errors, retry } = useQuery(TradeSeriesDocument, {
    reporter: reporter.id,
    partner: partner.id,
    flow,
    measure,
    commodity,
    unit,
    frequency,
  });
  const found = data?.tradeSeries;
  const title = `${t('trade.seriesTitle', {
    reporter: found?.reporter?.name ?? shortId(reporter.id),
    partner: found?.partner?.name ?? shortId(partner.id),
    flow: enumText(flow),
  })}, ${enumText(measure)}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (state === 'loading') return <Loading what={t('embed.loadingChart')} />;
  if (!found) return <FailedNotice what={t('embed.chart')} failure={failure} errors={errors} retry={retry} />;
  return (
    <>
      <h1>
        <SafeText text={title} />
      </h1>
      <Chart
        slots={slotsOf(found.points, yearsOf(found.points))}
        chosen={undefined}
        label={title}
        unit={unit}
        series={key}
        hrefOf={readerUrl}
        target="_blank"
      />
      <ChartKey />
      <Source service="trade" href={readerUrl(found.points[0]?.id ?? '')} />
    </>
  );
}

function EmbeddedClaim({ id }: { id: string }) {
  const { data, state, failure, errors, retry } = useQuery(ReaderStatementDocument, { statement: id });
  const statement = data?.statement;
  useEffect(() => {
    if (statement) document.title = statement.summary;
  }, [statement]);
  if (state === 'loading') return <Loading what={t('embed.loadingClaim')} />;
  if (!statement) return <FailedNotice what={t('embed.claim')} failure={failure} errors={errors} retry={retry} />;
  const { attribution, summary, saidOn, document: source, passages } = statement;
  return (
    <>
      <h1>
        <SafeText text={summary} />
      </h1>
      <p>
        <Speaker attribution={attribution} plain /> <Carriers attribution={attribution} plain />{' '}
        <StatusBadge status={attribution.status} />
      </p>
      <p class="quiet">
        {rich('embed.origin', {
          date: dateText(saidOn),
          document: <SafeText text={source.title} />,
          published: dateText(source.publishedOn),
        })}
      </p>
      <Passages citations={passages} document={null} isPlain />
      <Source service="statements" href={readerUrl(statement.id)} />
    </>
  );
}

function Source({ service, href }: { service: string; href: string }) {
  const revision = revisionOf(service);
  const link = (
    <a href={href} target="_blank" rel="noopener">
      {t('site.name')}
    </a>
  );
  const day = dayText(today());
  return (
    <p class="quiet small">
      {revision === null
        ? rich('embed.source', { link, day })
        : rich('embed.sourceRevision', { link, day, revision: <bdi>{revision}</bdi> })}
    </p>
  );
}
