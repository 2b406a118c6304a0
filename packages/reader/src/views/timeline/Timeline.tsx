import { type EventStatus, ReaderEventsDocument, ReaderStatementsDocument } from '@dossier/client';
import { useEffect, useMemo } from 'preact/hooks';
import { useList } from '../../graph/useList.js';
import { Loading } from '../../parts/Loading.js';
import { countOf, EVENT_STATUS } from '../../parts/labels.js';
import { Term } from '../../parts/Term.js';
import { FailureNotices } from '../../parts/Unavailable.js';
import { address, goWith, hrefWith } from '../../route.js';
import { Axis } from './Axis.js';
import { extentOf, parseWindow, presetsOf } from './extent.js';
import { rowsOf } from './rows.js';
import { TimelineRow } from './TimelineRow.js';
import { WindowPicker } from './WindowPicker.js';

const SHOWN = { both: 'events and statements', events: 'events', statements: 'statements' } as const;

/** The timeline of events and statements. The width of a bar shows the uncertainty of the date. */
export default function Timeline() {
  const { window: windowParam, show = 'both', status: wanted, event } = address.value.params;
  const events = useList(ReaderEventsDocument, {}, (data) => data.events);
  const statements = useList(ReaderStatementsDocument, { orderBy: 'SAID_ON' }, (data) => data.statements);
  const status = wanted && wanted in EVENT_STATUS ? (wanted as EventStatus) : null;
  const rows = useMemo(
    () =>
      rowsOf({
        events: show === 'statements' ? [] : events.nodes,
        statements: show === 'events' || status ? [] : statements.nodes,
        status,
      }),
    [events.nodes, statements.nodes, show, status],
  );
  const presets = useMemo(
    () => presetsOf([...events.nodes.map(({ date }) => date), ...statements.nodes.map(({ saidOn }) => saidOn)]),
    [events.nodes, statements.nodes],
  );
  const window = parseWindow(windowParam, presets);
  const shown = rows.filter(({ key, date }) => key === event || extentOf(date, window).outside === null);
  const isLoading = events.state === 'loading' || statements.state === 'loading';
  useEffect(() => {
    if (!isLoading && event)
      document.querySelector(`[data-event="${CSS.escape(event)}"]`)?.scrollIntoView({ block: 'center' });
  }, [isLoading, event]);
  return (
    <>
      <h1>Timeline</h1>
      <p class="lead">Each bar covers all days that its date may mean. Where it fades, the end is not known.</p>
      <form class="filters" onSubmit={(submitted) => submitted.preventDefault()}>
        <WindowPicker presets={presets} windowParam={windowParam} window={window} />
        <label>
          Show
          <select
            value={show}
            onChange={({ currentTarget: { value } }) => goWith('timeline', { show: value === 'both' ? null : value })}
          >
            {Object.entries(SHOWN).map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          Events that
          <select
            value={status ?? ''}
            onChange={({ currentTarget: { value } }) => goWith('timeline', { status: value || null })}
          >
            <option value="">occurred or not</option>
            {Object.entries(EVENT_STATUS).map(([key, label]) => (
              <option key={key} value={key}>
                {label === 'occurred' ? 'occurred' : `are ${label}`}
              </option>
            ))}
          </select>
        </label>
      </form>
      <FailureNotices
        parts={[
          { what: 'Events', ...events },
          { what: 'Statements', ...statements },
        ]}
      />
      {isLoading && <Loading what="Placing what happened" />}
      <ul class="legend-line" aria-label="How bars are drawn">
        <li>
          <span class="bar bar-occurred sample" aria-hidden="true" /> occurred
        </li>
        <li>
          <span class="bar bar-planned sample" aria-hidden="true" /> planned
        </li>
        <li>
          <span class="bar bar-alleged sample" aria-hidden="true" /> alleged
        </li>
        <li>
          <span class="bar bar-said sample" aria-hidden="true" /> statements
        </li>
        <li>
          <span class="bar bar-occurred bar-inferred sample" aria-hidden="true" /> dots: the date is{' '}
          <Term of="inferred" />
        </li>
        <li>
          <span class="bar bar-occurred bar-rough sample" aria-hidden="true" /> dotted edge: about
        </li>
        <li>
          <span class="bar bar-occurred opens-right sample" aria-hidden="true" /> fading: an open end
        </li>
      </ul>
      {shown.length > 0 && (
        <div class="timeline">
          <Axis window={window} />
          <ol>
            {shown.map((row) => (
              <TimelineRow key={row.key} row={row} window={window} isOn={row.key === event} />
            ))}
          </ol>
        </div>
      )}
      {shown.length < rows.length && (
        <p class="quiet">
          {countOf(rows.length - shown.length, 'more line lies', 'more lines lie')} wholly outside these days.{' '}
          <a href={hrefWith('timeline', { window: 'all' })}>Show all years</a>
        </p>
      )}
      {rows.length === 0 && !isLoading && events.state !== 'failed' && statements.state !== 'failed' && (
        <p>Nothing is found so.</p>
      )}
    </>
  );
}
