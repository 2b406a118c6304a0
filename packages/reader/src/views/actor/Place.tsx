import { ReaderPlaceDocument, ReaderPlaceMentionsDocument } from '@dossier/client';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countOf, useList } from '../../graph/useList.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { Loading } from '../../parts/Loading.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Name } from '../../parts/Name.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { UnknownId } from '../../parts/UnknownId.js';
import { address } from '../../route.js';
import { useTitle } from '../../title.js';
import { Identifiers, NameTable } from './NameTable.js';
import { EventList, MentionList } from './Records.js';

/** A place: its names, what it lies in, its events and mentions. */
export default function Place() {
  const { id = '' } = address.value.params;
  const result = useQuery(ReaderPlaceDocument, { id, first: 0 });
  const { data, state, errors, failure, retry } = result;
  const place = data?.place ?? null;
  useRecordCounts({
    'dataset.placeFacts': countIn(result, (each) => Number(each.place !== null)),
    'dataset.placeEvents': countIn(result, (each) => each.place?.events?.totalCount),
  });
  useTitle(place?.name);
  if (state === 'loading' && place?.id !== id) return <Loading what={t('place.loading')} />;
  if (!place)
    return (
      <>
        <h1>{t('view.place')}</h1>
        {state === 'loaded' && errors.length === 0 ? (
          <UnknownId id={id}>{t('place.none', { id })}</UnknownId>
        ) : (
          <FailedNotice what={t('place.what')} failure={failure} errors={errors} retry={retry} />
        )}
      </>
    );
  return (
    <article class="actor-page" data-id={place.id}>
      <h1>
        <SafeText text={place.name} />
      </h1>
      {place.description && (
        <p class="lead">
          <SafeText text={place.description} />
        </p>
      )}
      <PartialNotice errors={errors} retry={retry} />
      {place.note && (
        <p>
          <SafeText text={place.note} />
        </p>
      )}
      <p class="small">
        <BasisBadge basis={place.basis} />
      </p>
      <References references={place.references} />
      {place.within && (
        <p>
          {t('place.within')} <Name actor={place.within} />
        </p>
      )}
      {place.affiliations.length > 0 && (
        <p>
          {t('place.belongs')}{' '}
          {place.affiliations.map(({ to }, index) => (
            <span key={to.id}>
              {index > 0 && ', '}
              <Name actor={to} />
            </span>
          ))}
        </p>
      )}
      <NameTable name={place.name} aliases={place.aliases} />
      <Identifiers identifiers={place.identifiers} />
      <Events id={place.id} />
      <Mentions id={place.id} />
    </article>
  );
}

function Events({ id }: { id: string }) {
  const list = useList(ReaderPlaceDocument, { id, first: 20 }, (data) => data.place?.events, { all: false });
  return (
    <section aria-labelledby="events">
      <h2 id="events">{t('actor.events')}</h2>
      <EventList events={list.nodes} self={id} />
      <MoreButton list={list} what={t('actor.events')} />
    </section>
  );
}

function Mentions({ id }: { id: string }) {
  const list = useList(ReaderPlaceMentionsDocument, { id }, (data) => data.place?.mentions, { all: false });
  useRecordCounts({ 'dataset.mentions': countOf(list) });
  return (
    <section aria-labelledby="mentions">
      <h2 id="mentions">{t('place.mentions')}</h2>
      <MentionList mentions={list.nodes} />
      <MoreButton list={list} what={t('place.mentions')} />
    </section>
  );
}
