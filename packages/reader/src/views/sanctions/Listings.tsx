import type { ListingFragment } from '@dossier/client';
import { ChangedNotice } from '../../cite/ChangedNotice.js';
import { CiteRecord } from '../../cite/CiteRecord.js';
import { digestOfListing } from '../../cite/digest.js';
import type { List } from '../../graph/useList.js';
import { t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { dateText, dayText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { enumText } from '../../parts/labels.js';
import { LIVE } from '../../parts/live.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Name } from '../../parts/Name.js';
import { PassageLinks } from '../../parts/Passages.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice } from '../../parts/Unavailable.js';
import { hrefWith } from '../../route.js';

type Listing = ListingFragment;

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
  const isLoading = listed.state === 'loading' && listed.nodes.length === 0;
  // Compared by date, because either list may have more pages, and that of another day is there until this one has loaded.
  const isListed = ({ listedOn, delistedOn }: Listing): boolean =>
    day >= listedOn && (delistedOn === null || day < delistedOn);
  const others = all.nodes.filter((listing) => !isListed(listing));
  return (
    <>
      <p {...LIVE}>
        {/* Not the count of another day, while that of this one is loading. */}
        {listed.state === 'loading'
          ? null
          : listed.totalCount
            ? t('sanctions.listedCount', { count: listed.totalCount, day: dayText(day) })
            : t('sanctions.noneListed', { day: dayText(day) })}
      </p>
      {isLoading && <Loading what={t('sanctions.loadingListings')} />}
      <ul class="listings">
        {listed.nodes.filter(isListed).map((listing) => (
          <ListingItem key={listing.id} listing={listing} />
        ))}
      </ul>
      {!isLoading && listed.totalCount !== 0 && (
        <MoreButton list={{ ...listed, errors: [] }} what={t('actor.listings')} />
      )}
      {!isLoading && (others.length > 0 || all.state === 'partial') && (
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

/** A listing, with the names of the listed party and of the regime. */
export function ListingItem({ listing, isOn = false }: { listing: Listing; isOn?: boolean }) {
  const { id, actor, actorId, regime, instrument, listed, delisted, measures, basis, citations, references } = listing;
  const digest = digestOfListing(listing);
  const named = { actor: actor?.name ?? actorId?.id ?? id, regime: regime.name };
  return (
    <li class={`card${isOn ? ' is-on' : ''}`} data-id={id}>
      <p class="listing-name" data-heading>
        <Name actor={actor} id={actorId?.id} />
      </p>
      <p class="small">
        {delisted
          ? t('sanctions.listedUntil', { day: dateText(listed), end: dateText(delisted) })
          : t('sanctions.listedOn', { day: dateText(listed) })}{' '}
        ·{' '}
        <a href={hrefWith('sanctions', { regime: regime.id, listing: null })}>
          <SafeText text={instrument?.symbol ?? regime.name} />
        </a>{' '}
        · {measures.map(enumText).join(', ')} <BasisBadge basis={basis} /> <PassageLinks citations={citations} />
      </p>
      <References references={references} />
      <CiteRecord
        record={{
          id,
          type: 'Designation',
          title: delisted
            ? t('citation.delistedTitle', { ...named, date: dateText(delisted) })
            : t('citation.listingTitle', named),
          date: listed,
          citations,
          references,
        }}
        digest={digest}
        service="sanctions"
        label={t('cite.listing')}
      />
      {isOn && <ChangedNotice digest={digest} service="sanctions" />}
    </li>
  );
}
