import { ReaderFiguresDocument, TradeSeriesDocument } from '@dossier/client';
import { useEffect, useMemo } from 'preact/hooks';
import { failedServiceAt } from '../../graph/errors.js';
import { useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { Loading } from '../../parts/Loading.js';
import { enumText, shortId } from '../../parts/labels.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice, Unavailable } from '../../parts/Unavailable.js';
import { address, goWith, hrefWith } from '../../route.js';
import { Chart } from './Chart.js';
import { FigureCard } from './FigureCard.js';
import { PointTable } from './PointTable.js';
import { distinctionOf, type FigureOf, type Series, seriesAt, seriesOf, yearsOf } from './series.js';
import { slotsOf } from './slots.js';

const nameOf = ({ id, actor }: Series['reporter']): string => (actor ? escapeInvisible(actor.name) : shortId(id));
const titleOf = (series: Series, all: readonly Series[]): string =>
  [
    `${nameOf(series.reporter)} with ${nameOf(series.partner)}: ${enumText(series.flow)}`,
    enumText(series.measure),
    ...distinctionOf(series, all).map(escapeInvisible),
  ].join(', ');

/** A trade series with bounds and gaps, as a chart and a table, and each of its figures. */
export default function Trade() {
  const { series: seriesParam, figure: chosen } = address.value.params;
  const figures = useList(ReaderFiguresDocument, {}, (data) => data.tradeFigures);
  const all = useMemo(() => seriesOf(figures.nodes), [figures.nodes]);
  const years = useMemo(() => yearsOf(figures.nodes), [figures.nodes]);
  const series = seriesAt(all, seriesParam) ?? all[0];
  const isThere = figures.state === 'complete';
  useEffect(() => {
    if (isThere && chosen)
      document.querySelector(`[data-id="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [isThere, chosen]);
  return (
    <>
      <h1>Trade</h1>
      <p class="lead">
        What has no number is marked on the axis, never drawn as zero; what was <Term of="computed" /> is hatched, and
        says from what.
      </p>
      {series && (
        <form class="filters" onSubmit={(event) => event.preventDefault()}>
          <label>
            Series
            <select
              value={series.key}
              onChange={({ currentTarget: { value } }) => goWith('trade', { series: value, figure: null })}
            >
              {all.map((each) => (
                <option key={each.key} value={each.key}>
                  {titleOf(each, all)}
                </option>
              ))}
            </select>
          </label>
        </form>
      )}
      <PartialNotice errors={figures.state === 'failed' ? [] : figures.errors} retry={figures.retry} />
      {series && isThere && (
        <OneSeries key={series.key} series={series} title={titleOf(series, all)} years={years} chosen={chosen} />
      )}
      {figures.state === 'loading' && <Loading what="Asking for figures" />}
      {figures.state === 'failed' && (
        <FailedNotice what="Trade figures" failure={figures.failure} errors={figures.errors} retry={figures.retry} />
      )}
      {figures.nodes.length > 0 && (
        <section aria-labelledby="figures">
          <h2 id="figures">Every figure</h2>
          <div class="figures">
            {statedFirst(figures.nodes).map((figure) => (
              <FigureCard key={figure.id} figure={figure} isOn={figure.id === chosen} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

/** What was stated before what was computed from it. */
const statedFirst = (figures: readonly FigureOf[]): FigureOf[] =>
  figures.toSorted((a, b) => Number(a.basis === 'DERIVED') - Number(b.basis === 'DERIVED'));

function OneSeries({
  series,
  title,
  years,
  chosen,
}: {
  series: Series;
  title: string;
  years: readonly string[];
  chosen: string | undefined;
}) {
  const { reporter, partner, flow, measure, commodity, unit, frequency } = series;
  const result = useQuery(TradeSeriesDocument, {
    reporter: reporter.id,
    partner: partner.id,
    flow,
    measure,
    commodity,
    unit,
    frequency,
  });
  const points = result.data?.tradeSeries?.points;
  if (result.state === 'loading' && !result.data) return <Loading what="Asking for the series" />;
  if (result.state === 'failed')
    return <FailedNotice what="The series" failure={result.failure} errors={result.errors} retry={result.retry} />;
  if (!points) return <Unavailable what="The series" service={failedServiceAt(result.errors, 'tradeSeries')} />;
  const slots = slotsOf(points, measure === 'TRADE_VALUE' ? years : []);
  return (
    <section aria-labelledby="series">
      <h2 id="series">{title}</h2>
      <Chart
        slots={slots}
        chosen={chosen}
        label={title}
        unit={unit}
        series={series.key}
        hrefOf={(figure) => hrefWith('trade', { figure })}
      />
      <ul class="legend-line" aria-label="How the chart is drawn">
        <li>
          <span class="sample sample-stated" aria-hidden="true" /> stated
        </li>
        <li>
          <span class="sample sample-derived" aria-hidden="true" /> computed
        </li>
        <li>
          <span class="sample-text" aria-hidden="true">
            ○
          </span>{' '}
          mentioned without a number
        </li>
        <li>
          <span class="sample-text" aria-hidden="true">
            ×
          </span>{' '}
          no figure
        </li>
        <li>
          <span class="sample-text" aria-hidden="true">
            ⌶
          </span>{' '}
          <Term of="bounds" />
        </li>
        <li>
          <span class="sample-text" aria-hidden="true">
            ↑
          </span>{' '}
          the true value is beyond
        </li>
      </ul>
      <PointTable slots={slots} caption={title} />
    </section>
  );
}
