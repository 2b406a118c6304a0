import { writeAddress } from '../../address.js';
import { ChangedNotice } from '../../cite/ChangedNotice.js';
import { CiteRecord } from '../../cite/CiteRecord.js';
import { digestOfEvent } from '../../cite/digest.js';
import { rich, t } from '../../messages/messages.js';
import { EventBadge } from '../../parts/badges.js';
import { DateText } from '../../parts/DateText.js';
import { enumText, shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { PassageLinks } from '../../parts/Passages.js';
import { Background } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { Unavailable } from '../../parts/Unavailable.js';
import { Bar } from './Bar.js';
import type { Window } from './extent.js';
import type { Row } from './rows.js';

const SHAPES = { OCCURRED: 'occurred', PLANNED: 'planned', ALLEGED: 'alleged' } as const;

/** A row with an event, or with the statements of one date. */
export function TimelineRow({ row, window, isOn }: { row: Row; window: Window; isOn: boolean }) {
  if ('statements' in row) {
    return (
      <li class="row row-said">
        <div class="row-label">
          <details>
            <summary>
              {rich('timeline.statementsOn', {
                count: row.statements.length,
                date: <DateText date={{ ...row.date, note: null }} />,
              })}
            </summary>
            <Claims statements={row.statements} />
          </details>
        </div>
        <Bar date={row.date} window={window} shape="said" />
      </li>
    );
  }
  const { event } = row;
  return (
    <li class={`row${isOn ? ' is-on' : ''}`} data-event={event.id}>
      <div class="row-label">
        <p class="row-title">
          <EventBadge status={event.status} /> <SafeText text={event.label} />
        </p>
        <p class="quiet small">
          <DateText date={event.date} />
          {event.place && (
            <>
              {' '}
              · <Name actor={event.place} />
            </>
          )}
        </p>
        <details open={isOn}>
          <summary>
            {event.statements?.length
              ? t('timeline.reported', { count: event.statements.length })
              : t('timeline.details')}
          </summary>
          <p class="quiet small">
            {enumText(event.kind)} <PassageLinks citations={event.citations} />
          </p>
          {event.note && (
            <p class="small">
              <SafeText text={event.note} />
            </p>
          )}
          {event.statements ? (
            <Claims statements={event.statements} />
          ) : (
            <Unavailable what={t('home.statements')} service="statements" />
          )}
          <Background facts={event.background} />
          <CiteRecord
            record={{
              id: event.id,
              type: 'Event',
              title: event.label,
              date: event.date,
              status: event.status,
              citations: event.citations,
              references: event.background.flatMap(({ references }) => references),
            }}
            digest={digestOfEvent(event)}
            service="actors"
            label={t('cite.event')}
          />
          {isOn && <ChangedNotice digest={digestOfEvent(event)} service="actors" />}
        </details>
      </div>
      <Bar date={event.date} window={window} shape={SHAPES[event.status]} />
    </li>
  );
}

const Claims = ({ statements }: { statements: readonly { id: string; summary: string }[] }) => (
  <ul class="plain-list small">
    {statements.map(({ id, summary }) => (
      <li key={id}>
        <a href={writeAddress('said', { statement: id })}>
          <span class="claim-id">{shortId(id)}</span> <SafeText text={summary} />
        </a>
      </li>
    ))}
  </ul>
);
