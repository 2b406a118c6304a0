import type { ReaderListingsQuery } from '@dossier/client';
import type { List } from '../../graph/useList.js';
import { t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { dayText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { enumText } from '../../parts/labels.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Name } from '../../parts/Name.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice } from '../../parts/Unavailable.js';

type Listing = NonNullable<ReaderListingsQuery['designations']>['nodes'][number];

/** The parties that were listed on a day, and those listed only before or after it. */
export function Listings({ all, listed, day }: { all: List<Listing>; listed: List<Listing>; day: string }) {
  if (listed.state === 'failed')
    return (
      <FailedNotice
        what={t('sanctions.listingsPart')}
        failure={listed.failure}
        errors={listed.errors}
        retry={listed.retry}
      />
    );
  if (listed.state === 'loading' && listed.nodes.length === 0) return <Loading what={t('sanctions.loadingListings')} />;
  // Compared by date, because either list may have more pages.
  const others = all.nodes.filter(
    ({ listedOn, delistedOn }) => day < listedOn || (delistedOn !== null && day >= delistedOn),
  );
  return (
    <>
      <p role="status">
        {listed.totalCount
          ? t('sanctions.listedCount', { count: listed.totalCount, day: dayText(day) })
          : t('sanctions.noneListed', { day: dayText(day) })}
      </p>
      <ul class="listings">
        {listed.nodes.map((listing) => (
          <ListingItem key={listing.id} listing={listing} />
        ))}
      </ul>
      <MoreButton list={{ ...listed, errors: [] }} what={t('actor.listings')} />
      {others.length > 0 && (
        <>
          <h3>{t('sanctions.notListed')}</h3>
          <ul class="listings is-off">
            {others.map((listing) => (
              <ListingItem key={listing.id} listing={listing} />
            ))}
          </ul>
          <MoreButton list={{ ...all, errors: [] }} what={t('actor.listings')} />
        </>
      )}
    </>
  );
}

const ListingItem = ({
  listing: { actor, actorId, regime, instrument, listedOn, delistedOn, measures, basis, references },
}: {
  listing: Listing;
}) => (
  <li class="card">
    <p class="listing-name">
      <Name actor={actor} id={actorId?.id} />
    </p>
    <p class="small">
      {delistedOn
        ? t('sanctions.listedUntil', { day: dayText(listedOn), end: dayText(delistedOn) })
        : t('sanctions.listedOn', { day: dayText(listedOn) })}{' '}
      · <SafeText text={instrument?.symbol ?? regime.name} /> · {measures.map(enumText).join(', ')}{' '}
      <BasisBadge basis={basis} />
    </p>
    <References references={references} />
  </li>
);
