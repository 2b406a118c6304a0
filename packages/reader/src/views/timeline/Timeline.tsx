import {
  type DateFragment,
  dateKey,
  type EventStatus,
  ReaderBucketsDocument,
  type ReaderBucketsQueryVariables,
  ReaderEventDocument,
  ReaderEventsDocument,
  ReaderStatementsDocument,
  ReaderTimelineRangeDocument,
  type ReaderTimelineRangeQuery,
} from '@dossier/client';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { useRecordCounts } from '../../export/recordCounts.js';
import { usePicture } from '../../export/shownPicture.js';
import { countOf, type List, useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { dayText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { EVENT_STATUSES, eventStatusText, isEventStatus } from '../../parts/labels.js';
import { Term } from '../../parts/Term.js';
import { ToolsButton } from '../../parts/ToolsButton.js';
import { FailureNotices } from '../../parts/Unavailable.js';
import { recordSelector, useTarget } from '../../parts/useTarget.js';
import { address, goWith, hrefWith } from '../../route.js';
import { useTitle } from '../../title.js';
import { Axis } from './Axis.js';
import { bucketsOf, widen } from './buckets.js';
import { dateOf, parseWindow, presetsOf, type Window, windowAround } from './extent.js';
import { Histogram } from './Histogram.js';
import { rowsOf } from './rows.js';
import { shownDays } from './shownDays.js';
import { TimelineRow } from './TimelineRow.js';
import { WindowPicker } from './WindowPicker.js';

const SHOWN = { both: 'timeline.both', events: 'timeline.events', statements: 'timeline.statements' } as const;

/** The first and last known dates of the graph. */
function datesOf(range: ReaderTimelineRangeQuery | null): DateFragment[] {
  if (!range) return [];
  return [
    ...[range.events, range.lastEvents].flatMap((list) => list?.nodes.map(({ date }) => date) ?? []),
    ...[range.statements, range.lastStatements].flatMap((list) => list?.nodes.map(({ saidOn }) => saidOn) ?? []),
  ];
}

const daysOf = ({ from, until }: Window) => ({ from: dateOf(from), until: dateOf(until - 1) });

function bucketVariables(window: Window, status: EventStatus | null): ReaderBucketsQueryVariables {
  const buckets = bucketsOf(window);
  return Object.fromEntries([
    ...buckets.flatMap(({ first, last }, index) => [
      [`from${index}`, first],
      [`until${index}`, last],
    ]),
    ['status', status && [status]],
  ]) as ReaderBucketsQueryVariables;
}

/** The key of the last item of a list that has more pages; later rows may be incomplete. */
const horizonOf = <TNode,>(list: List<TNode>, keyOf: (node: TNode) => string): string | null => {
  const last = list.nodes.at(-1);
  return list.state === 'complete' || !last ? null : keyOf(last);
};

/** The timeline of events and statements. The width of a bar shows the uncertainty of the date. */
export default function Timeline() {
  const { window: windowParam, show = 'both', status: wanted, event } = address.value.params;
  const status = isEventStatus(wanted) ? wanted : null;
  const shows = { events: show !== 'statements', statements: show !== 'events' && !status };
  const range = useQuery(ReaderTimelineRangeDocument, {});
  const presets = useMemo(() => presetsOf(datesOf(range.data)), [range.data]);
  const chosen = useQuery(ReaderEventDocument, { id: event ?? '' }, event !== undefined);
  const chosenEvent = event === undefined ? null : (chosen.data?.event ?? null);
  // A link to an event shows its bar.
  const windowText = windowParam ?? (chosenEvent ? windowAround(chosenEvent.date, presets) : undefined);
  const isKnown =
    presets.length > 0 && (windowParam !== undefined || event === undefined || chosen.state !== 'loading');
  const window = parseWindow(windowText, presets);
  const days = isKnown ? daysOf(window) : {};
  // Exports have the same days.
  useLayoutEffect(() => {
    shownDays.value = isKnown ? daysOf(window) : null;
    return () => {
      shownDays.value = null;
    };
  }, [isKnown, window.from, window.until]);
  const counts = useQuery(ReaderBucketsDocument, bucketVariables(window, status), isKnown);
  const events = useList(
    ReaderEventsDocument,
    { filter: { ...days, status: status && [status] } },
    (data) => data.events,
    {
      all: false,
      isNeeded: isKnown && shows.events,
    },
  );
  const statements = useList(
    ReaderStatementsDocument,
    { filter: days, orderBy: 'SAID_ON', first: 100 },
    (data) => data.statements,
    { all: false, isNeeded: isKnown && shows.statements },
  );
  useRecordCounts({ 'dataset.events': countOf(events), 'dataset.said': countOf(statements) });
  const lists = [...(shows.events ? [events] : []), ...(shows.statements ? [statements] : [])];
  const horizons = [
    shows.events ? horizonOf(events, ({ date, id }) => dateKey(date, id)) : null,
    shows.statements ? horizonOf(statements, ({ saidOn, id }) => dateKey(saidOn, id)) : null,
  ].filter((key) => key !== null);
  const horizon = horizons.sort()[0] ?? null;
  const rows = useMemo(
    () =>
      rowsOf({
        events: shows.events ? events.nodes : [],
        statements: shows.statements ? statements.nodes : [],
        status,
      }),
    [events.nodes, statements.nodes, show, status],
  );
  const shown = rows.filter((row) => row.key !== event && (horizon === null || dateKey(row.date, row.key) <= horizon));
  const isLoading =
    (isKnown ? [counts, ...lists].some(({ state }) => state === 'loading') : range.state === 'loading') ||
    (event !== undefined && chosen.state === 'loading');
  useTitle(chosenEvent?.label);
  useTarget(chosenEvent ? recordSelector(event, 'data-event') : null, chosenEvent !== null);
  // Not before the first page of each: the rows of the later one would move those that are being read.
  const isFirst = lists.some(({ state, nodes }) => state === 'loading' && nodes.length === 0);
  const hasMore = lists.some(({ state }) => state === 'partial');
  const total = (range.data?.events?.totalCount ?? 0) + (range.data?.statements?.totalCount ?? 0);
  const all = presets.find(({ key }) => key === 'all') ?? window;
  const isAll = window.from <= all.from && window.until >= all.until;
  const wider = widen(window, all);
  const hasRows = !isFirst && (shown.length > 0 || chosenEvent !== null);
  const { from, until } = daysOf(window);
  const choice = [
    t('date.range', { from: dayText(from), until: dayText(until) }),
    ...(show === 'events' || show === 'statements' ? [t(SHOWN[show])] : []),
    ...(status ? [eventStatusText(status)] : []),
  ].join(', ');
  usePicture(
    hasRows ? `${t('view.timeline')}, ${choice}` : null,
    hasMore ? [t('timeline.pictureNote', { count: shown.length })] : [],
  );
  return (
    <>
      <h1>{t('view.timeline')}</h1>
      <p class="lead">{t('timeline.lead')}</p>
      <form class="filters" onSubmit={(submitted) => submitted.preventDefault()}>
        <WindowPicker presets={presets} windowParam={windowText} window={window} />
        <label>
          {t('timeline.show')}
          <select
            value={show}
            onChange={({ currentTarget: { value } }) => goWith('timeline', { show: value === 'both' ? null : value })}
          >
            {Object.entries(SHOWN).map(([key, label]) => (
              <option key={key} value={key}>
                {t(label)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('timeline.status')}
          <select
            value={status ?? ''}
            onChange={({ currentTarget: { value } }) => goWith('timeline', { status: value || null })}
          >
            <option value="">{t('timeline.anyStatus')}</option>
            {EVENT_STATUSES.map((each) => (
              <option key={each} value={each}>
                {eventStatusText(each)}
              </option>
            ))}
          </select>
        </label>
      </form>
      {/* The form is not printed. */}
      {isKnown && <p class="print-only">{choice}</p>}
      <FailureNotices
        parts={[
          { what: t('timeline.range'), ...range },
          ...(event === undefined ? [] : [{ what: t('timeline.chosen'), ...chosen }]),
          { what: t('timeline.eventsPart'), ...events },
          { what: t('timeline.statementsPart'), ...statements },
        ].filter(({ state, errors }) => state === 'failed' || errors.length > 0)}
      />
      {event !== undefined && chosen.state === 'loaded' && chosen.errors.length === 0 && !chosenEvent && (
        <p>{rich('timeline.noEvent', { id: <code>{event}</code> })}</p>
      )}
      {isKnown ? (
        <Histogram buckets={bucketsOf(window)} data={counts.state === 'loaded' ? counts.data : null} shows={shows} />
      ) : (
        <div class="histogram-space" />
      )}
      <div class="loading-line">{isLoading && <Loading what={t('timeline.loading')} />}</div>
      <ul class="legend-line" aria-label={t('timeline.legend')}>
        <li data-key="">
          <span class="bar bar-occurred sample" aria-hidden="true" /> {eventStatusText('OCCURRED')}
        </li>
        <li data-key="">
          <span class="bar bar-planned sample" aria-hidden="true" /> {eventStatusText('PLANNED')}
        </li>
        <li data-key="">
          <span class="bar bar-alleged sample" aria-hidden="true" /> {eventStatusText('ALLEGED')}
        </li>
        <li data-key="">
          <span class="bar bar-said sample" aria-hidden="true" /> {t('timeline.legendStatements')}
        </li>
        <li data-key="">
          <span class="bar bar-occurred bar-inferred sample" aria-hidden="true" />{' '}
          <span>{rich('timeline.legendInferred', { inferred: <Term of="inferred" /> })}</span>
        </li>
        <li data-key="">
          <span class="bar bar-occurred bar-rough sample" aria-hidden="true" /> {t('timeline.legendRough')}
        </li>
        <li data-key="">
          <span class="bar bar-occurred opens-right sample" aria-hidden="true" /> {t('timeline.legendOpen')}
        </li>
        <li data-key="">
          <span class="bar bar-occurred is-cut-right sample" aria-hidden="true" /> {t('timeline.legendCut')}
        </li>
      </ul>
      {hasRows && (
        <div class="timeline">
          <ToolsButton />
          <Axis window={window} />
          <ol>
            {chosenEvent && (
              <TimelineRow
                key={chosenEvent.id}
                row={{ key: chosenEvent.id, date: chosenEvent.date, event: chosenEvent }}
                window={window}
                isOn
              />
            )}
            {shown.map((row) => (
              <TimelineRow key={row.key} row={row} window={window} isOn={false} />
            ))}
          </ol>
        </div>
      )}
      {hasMore && (
        <button type="button" onClick={() => lists.forEach((list) => void (list.state === 'partial' && list.more()))}>
          {t('timeline.more')}
        </button>
      )}
      {isKnown && !isAll && (
        <p class="quiet">
          <a href={hrefWith('timeline', { window: `${daysOf(wider).from},${daysOf(wider).until}` })}>
            {t('timeline.wider')}
          </a>{' '}
          · <a href={hrefWith('timeline', { window: 'all' })}>{t('timeline.all', { total })}</a>
        </p>
      )}
      {rows.length === 0 && !isLoading && lists.every(({ state }) => state === 'complete') && (
        <p>{t('timeline.none')}</p>
      )}
    </>
  );
}
