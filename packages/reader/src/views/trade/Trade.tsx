import {
  ReaderFigureDocument,
  ReaderFiguresDocument,
  ReaderFiguresOfDocument,
  TradeSeriesDocument,
  type TradeSeriesQuery,
} from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { useRecordCounts } from '../../export/recordCounts.js';
import { usePicture } from '../../export/shownPicture.js';
import { failedServiceAt } from '../../graph/errors.js';
import { countOf, type List, useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { Loading } from '../../parts/Loading.js';
import { enumText, shortId } from '../../parts/labels.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { SafeText } from '../../parts/SafeText.js';
import { ToolsButton } from '../../parts/ToolsButton.js';
import { FailedNotice, PartialNotice, Unavailable } from '../../parts/Unavailable.js';
import { UnknownId } from '../../parts/UnknownId.js';
import { recordSelector, useTarget } from '../../parts/useTarget.js';
import { address, goWith, hrefWith } from '../../route.js';
import { useTitle } from '../../title.js';
import { Chart } from './Chart.js';
import { ChartKey } from './ChartKey.js';
import { FigureCard } from './FigureCard.js';
import { PointTable } from './PointTable.js';
import { SeriesFinder } from './SeriesFinder.js';
import { distinctionOf, type FigureOf, parseSeries, type Series, seriesOf, yearsOf } from './series.js';
import { slotsOf } from './slots.js';

/** Figures of each page of the list. */
const PAGE = 20;

const nameOf = ({ id, actor }: Series['reporter']): string => (actor ? escapeInvisible(actor.name) : shortId(id));
const titleOf = (series: Series, all: readonly Series[]): string =>
  [
    t('trade.seriesTitle', {
      reporter: nameOf(series.reporter),
      partner: nameOf(series.partner),
      flow: enumText(series.flow),
    }),
    enumText(series.measure),
    ...distinctionOf(series, all).map(escapeInvisible),
  ].join(', ');

const SeriesTitle = ({ series, all }: { series: Series; all: readonly Series[] }) => (
  <>
    {rich('trade.seriesTitle', {
      reporter: <SafeText text={nameOf(series.reporter)} />,
      partner: <SafeText text={nameOf(series.partner)} />,
      flow: enumText(series.flow),
    })}
    {`, ${enumText(series.measure)}`}
    {distinctionOf(series, all).map((text) => (
      <span key={text}>
        {', '}
        <bdi>{escapeInvisible(text)}</bdi>
      </span>
    ))}
  </>
);

/** A trade series with bounds and gaps, as a chart and a table, and figures page by page. */
export default function Trade() {
  const { series: seriesParam, figure: chosen, of } = address.value.params;
  const everyFigure = useList(ReaderFiguresDocument, { first: PAGE }, (data) => data.tradeFigures, {
    all: false,
    isNeeded: of === undefined,
  });
  const ofActor = useList(ReaderFiguresOfDocument, { id: of ?? '', first: PAGE }, (data) => data.actor?.tradeFigures, {
    all: false,
    isNeeded: of !== undefined,
  });
  const figures: List<FigureOf> = of === undefined ? everyFigure : ofActor;
  useRecordCounts({ 'dataset.figures': countOf(everyFigure), 'dataset.figuresOf': countOf(ofActor) });
  // A list that is missing without an error is that of an actor that does not exist.
  const isUnknown = ofActor.state === 'failed' && ofActor.nodes.length === 0 && ofActor.isMissing;
  const one = useQuery(ReaderFigureDocument, { id: chosen ?? '' }, chosen !== undefined);
  const figure = chosen === undefined || one.state === 'loading' ? null : (one.data?.tradeFigure ?? null);
  const listed = useMemo(() => seriesOf(figures.nodes), [figures.nodes]);
  const ofFigure = useMemo(() => (figure ? (seriesOf([figure])[0] ?? null) : null), [figure]);
  const isLoadingChosen = chosen !== undefined && one.state === 'loading';
  // The figure in the address says which series is shown, also if the link names another.
  const wanted = ofFigure ?? parseSeries(seriesParam) ?? (figure || isLoadingChosen ? null : (listed[0] ?? null));
  // An older link does not say which of the series it means: it is that of the first figure.
  const isOld = wanted !== null && wanted.frequency === null;
  const siblings = useList(
    ReaderFiguresDocument,
    {
      filter: wanted && {
        reporter: wanted.reporter.id,
        partner: wanted.partner.id,
        flow: [wanted.flow],
        measure: [wanted.measure],
      },
    },
    (data) => data.tradeFigures,
    { all: false, isNeeded: isOld },
  );
  const isResolving = isOld && siblings.state === 'loading';
  const ofOldLink = isOld ? seriesOf(siblings.nodes) : [];
  const series = isResolving ? null : (ofOldLink[0] ?? wanted);
  const all = [...ofOldLink, ...(series ? [series] : []), ...listed].filter(
    ({ key }, index, every) => every.findIndex((each) => each.key === key) === index,
  );
  useTitle(series && (chosen || seriesParam) ? titleOf(series, all) : null);
  useTarget(recordSelector(figure?.id), figure !== null);
  return (
    <>
      <h1>{t('view.trade')}</h1>
      <p class="lead">{t('trade.lead')}</p>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        {series && (
          <label>
            {t('trade.series')}
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
        )}
        <SeriesFinder />
      </form>
      <PartialNotice errors={figures.state === 'failed' ? [] : figures.errors} retry={figures.retry} />
      {(isLoadingChosen || isResolving) && <Loading what={t('trade.loading')} />}
      {chosen && one.state === 'failed' && (
        <FailedNotice what={t('trade.chosen')} failure={one.failure} errors={one.errors} retry={one.retry} />
      )}
      {chosen && one.state === 'loaded' && !figure && one.errors.length === 0 && (
        <p>{t('trade.none', { id: chosen })}</p>
      )}
      {figure && (
        <section aria-label={t('trade.chosen')}>
          <FigureCard figure={figure} isOn />
        </section>
      )}
      {series && <OneSeries key={series.key} series={series} all={all} chosen={chosen} />}
      {of !== undefined && isUnknown ? (
        <UnknownId id={of}>{t('actor.none', { id: of })}</UnknownId>
      ) : figures.state === 'failed' && figures.nodes.length === 0 ? (
        <FailedNotice
          what={t('trade.figures')}
          failure={figures.failure}
          errors={figures.errors}
          retry={figures.retry}
        />
      ) : isLoadingChosen || isResolving || (figures.state === 'loading' && figures.nodes.length === 0) ? (
        <Loading what={t('trade.loading')} />
      ) : (
        <section aria-labelledby="figures">
          <h2 id="figures">{of === undefined ? t('trade.every') : t('trade.of', { name: shortId(of) })}</h2>
          {of !== undefined && (
            <p>
              <a href={hrefWith('trade', { of: null })}>{t('trade.all')}</a>
            </p>
          )}
          <div class="figures">
            {statedFirst(figures.nodes.filter(({ id }) => id !== figure?.id)).map((each) => (
              <FigureCard key={each.id} figure={each} isOn={false} />
            ))}
          </div>
          <MoreButton list={{ ...figures, errors: [] }} what={t('trade.figures')} />
        </section>
      )}
    </>
  );
}

/** What was stated before what was computed from it. */
const statedFirst = (figures: readonly FigureOf[]): FigureOf[] =>
  figures.toSorted((a, b) => Number(a.basis === 'DERIVED') - Number(b.basis === 'DERIVED'));

type SeriesOf = NonNullable<TradeSeriesQuery['tradeSeries']>;

/** The series with the names of its actors, which a link does not have. */
const named = (series: Series, { reporter, partner }: SeriesOf): Series => ({
  ...series,
  reporter: { ...series.reporter, actor: series.reporter.actor ?? reporter },
  partner: { ...series.partner, actor: series.partner.actor ?? partner },
});

function OneSeries({ series, all, chosen }: { series: Series; all: readonly Series[]; chosen: string | undefined }) {
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
  const found = result.data?.tradeSeries;
  const shown = found ? named(series, found) : series;
  const title = titleOf(shown, all);
  usePicture(found && result.state !== 'failed' ? title : null);
  if (result.state === 'loading' && !result.data)
    // As high as the window, so that the figures below do not move into it and out again.
    return (
      <div class="view">
        <Loading what={t('trade.loadingSeries')} />
      </div>
    );
  if (result.state === 'failed')
    return (
      <FailedNotice what={t('trade.series')} failure={result.failure} errors={result.errors} retry={result.retry} />
    );
  if (!found) return <Unavailable what={t('trade.series')} service={failedServiceAt(result.errors, 'tradeSeries')} />;
  const slots = slotsOf(found.points, yearsOf(found.points));
  return (
    <section aria-labelledby="series">
      <h2 id="series">
        <SeriesTitle series={shown} all={all} />
      </h2>
      <Chart
        slots={slots}
        chosen={chosen}
        label={title}
        unit={unit}
        series={series.key}
        hrefOf={(figure) => hrefWith('trade', { figure })}
      />
      <ChartKey />
      <ToolsButton hasEmbed />
      <PointTable slots={slots} label={title} caption={<SeriesTitle series={shown} all={all} />} />
    </section>
  );
}
