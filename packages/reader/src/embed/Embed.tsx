import { dateLabel, ReaderStatementDocument, TradeSeriesDocument } from '@dossier/client';
import { useEffect } from 'preact/hooks';
import { today } from '../cite/access.js';
import { recordAddress } from '../cite/recordAddress.js';
import { revisionOf } from '../graph/revision.js';
import { useQuery } from '../graph/useQuery.js';
import { StatusBadge } from '../parts/badges.js';
import { Loading } from '../parts/Loading.js';
import { enumText, shortId } from '../parts/labels.js';
import { Passages } from '../parts/Passages.js';
import { SafeText } from '../parts/SafeText.js';
import { Carriers, Speaker } from '../parts/Speaker.js';
import { FailedNotice } from '../parts/Unavailable.js';
import { Chart } from '../views/trade/Chart.js';
import { parseSeries, type Series } from '../views/trade/series.js';
import { slotsOf } from '../views/trade/slots.js';

/** The page of a record in the reader, which a frame opens in a window of its own. */
const readerUrl = (id: string): string => new URL(recordAddress(id), new URL('./', location.href)).href;

/** A chart or a claim for a page of another site: `?series=…` or `?statement=…`. It has nothing that changes anything. */
export function Embed({ params }: { params: URLSearchParams }) {
  const series = parseSeries(params.get('series') ?? undefined);
  const statement = params.get('statement');
  if (series) return <EmbeddedSeries series={series} />;
  if (statement) return <EmbeddedClaim id={statement} />;
  return <p>Nothing is named by this address; expected ?series=… or ?statement=….</p>;
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
  const names = [found?.reporter?.name ?? shortId(reporter.id), found?.partner?.name ?? shortId(partner.id)];
  const title = `${names.join(' with ')}: ${enumText(flow)}, ${enumText(measure)}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (state === 'loading') return <Loading what="Loading the chart" />;
  if (!found) return <FailedNotice what="The chart" failure={failure} errors={errors} retry={retry} />;
  return (
    <>
      <h1>
        <SafeText text={title} />
      </h1>
      <Chart
        slots={slotsOf(found.points, [])}
        chosen={undefined}
        label={title}
        unit={unit}
        series={key}
        hrefOf={readerUrl}
        target="_blank"
      />
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
  if (state === 'loading') return <Loading what="Loading the claim" />;
  if (!statement) return <FailedNotice what="The claim" failure={failure} errors={errors} retry={retry} />;
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
        Said {dateLabel(saidOn)}. From <SafeText text={source.title} />, {dateLabel(source.publishedOn)}.
      </p>
      <Passages citations={passages} document={null} isPlain />
      <Source service="statements" href={readerUrl(statement.id)} />
    </>
  );
}

const Source = ({ service, href }: { service: string; href: string }) => (
  <p class="quiet small">
    Source:{' '}
    <a href={href} target="_blank" rel="noopener">
      Dossier
    </a>
    , {today()}
    {revisionOf(service) && (
      <>
        , revision <bdi>{revisionOf(service)}</bdi>
      </>
    )}
    .
  </p>
);
