import {
  type EventLineFragment,
  type MentionLineFragment,
  ReaderActorEventsDocument,
  ReaderActorFiguresDocument,
  ReaderActorMentionsDocument,
  ReaderActorStatementsDocument,
  type StatementRole,
} from '@dossier/client';
import { passageAddress, writeAddress } from '../../address.js';
import { useList } from '../../graph/useList.js';
import { t } from '../../messages/messages.js';
import { EventBadge } from '../../parts/badges.js';
import { ClaimCard } from '../../parts/ClaimCard.js';
import { DateText } from '../../parts/DateText.js';
import { dateText } from '../../parts/dates.js';
import { enumText, shortId } from '../../parts/labels.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Name } from '../../parts/Name.js';
import { PassageLinks } from '../../parts/Passages.js';
import { quantityText } from '../../parts/quantity.js';
import { SafeText } from '../../parts/SafeText.js';
import type { RecordKind } from './recordKinds.js';

const ROLES = {
  by: 'SPEAKER',
  imputed: 'IMPUTED_TO',
  about: 'SUBJECT',
  to: 'ADDRESSEE',
  carried: 'CARRIER',
} as const satisfies Partial<Record<RecordKind, StatementRole>>;

/** The records of one kind, page by page. */
export function Records({ id, kind }: { id: string; kind: RecordKind }) {
  if (kind === 'events') return <Events id={id} />;
  if (kind === 'figures') return <Figures id={id} />;
  if (kind === 'mentions') return <Mentions id={id} />;
  return <Statements id={id} role={ROLES[kind]} />;
}

function Statements({ id, role }: { id: string; role: StatementRole }) {
  const list = useList(ReaderActorStatementsDocument, { id, role: [role] }, (data) => data.actor?.statements, {
    all: false,
  });
  return (
    <>
      <ul class="claims">
        {list.nodes.map((statement) => (
          <ClaimCard key={statement.id} statement={statement} />
        ))}
      </ul>
      <MoreButton list={list} what={t('search.statements')} />
    </>
  );
}

function Events({ id }: { id: string }) {
  const list = useList(ReaderActorEventsDocument, { id }, (data) => data.actor?.events, { all: false });
  return (
    <>
      <EventList events={list.nodes} self={id} />
      <MoreButton list={list} what={t('actor.events')} />
    </>
  );
}

export const EventList = ({ events, self }: { events: readonly EventLineFragment[]; self?: string }) => (
  <ul class="plain-list">
    {events.map(({ id, label, status, date, place, participants, citations }) => {
      const own = participants.find(({ actor }) => actor.id === self);
      return (
        <li key={id} data-event={id}>
          <EventBadge status={status} />{' '}
          <a href={writeAddress('timeline', { event: id })}>
            <SafeText text={label} />
          </a>
          , <DateText date={date} />
          {place && place.id !== self && (
            <>
              {' '}
              · <Name actor={place} />
            </>
          )}
          {own && (
            <>
              {' '}
              · <SafeText text={own.role} />
            </>
          )}{' '}
          <PassageLinks citations={citations} />
        </li>
      );
    })}
  </ul>
);

function Figures({ id }: { id: string }) {
  const list = useList(ReaderActorFiguresDocument, { id }, (data) => data.actor?.tradeFigures, { all: false });
  return (
    <>
      <ul class="plain-list">
        {list.nodes.map((figure) => (
          <li key={figure.id}>
            <a href={writeAddress('trade', { figure: figure.id })}>
              <span class="claim-id">{shortId(figure.id)}</span> {quantityText(figure).text}
            </a>
            , {enumText(figure.measure)}, {enumText(figure.flow)}, {dateText(figure.period)} ·{' '}
            <Name actor={figure.reporter} />
            {figure.partner && (
              <>
                {' – '}
                <Name actor={figure.partner} />
              </>
            )}{' '}
            <PassageLinks citations={figure.citations} />
          </li>
        ))}
      </ul>
      <MoreButton list={list} what={t('trade.figures')} />
    </>
  );
}

function Mentions({ id }: { id: string }) {
  const list = useList(ReaderActorMentionsDocument, { id }, (data) => data.actor?.mentions, { all: false });
  return (
    <>
      <MentionList mentions={list.nodes} />
      <MoreButton list={list} what={t('dataset.mentions')} />
    </>
  );
}

/** Mentions by document, in their order. */
export function MentionList({ mentions }: { mentions: readonly MentionLineFragment[] }) {
  const byDocument = new Map<string, { title: string; mentions: MentionLineFragment[] }>();
  for (const mention of mentions) {
    const { id = '', title = '' } = mention.citation.document ?? {};
    const group = byDocument.get(id) ?? { title, mentions: [] };
    group.mentions.push(mention);
    byDocument.set(id, group);
  }
  return (
    <ul class="plain-list">
      {[...byDocument].map(([id, { title, mentions: group }]) => (
        <li key={id}>
          {id ? (
            <a href={writeAddress('document', { document: id })}>
              <SafeText text={title} />
            </a>
          ) : (
            '–'
          )}
          <ul class="plain-list small">
            {group.map(({ form, citation }) => (
              <li key={citation.id}>
                <a class="chip" href={passageAddress(citation.id)}>
                  {citation.paragraph ? `¶ ${citation.paragraph}` : shortId(citation.id)}
                </a>{' '}
                {citation.excerpt && (
                  <>
                    “<SafeText text={citation.excerpt} />”{' '}
                  </>
                )}
                <span class="quiet">{enumText(form)}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
