import {
  ReaderListingDocument,
  ReaderListingsDocument,
  ReaderProvisionDocument,
  ReaderProvisionsDocument,
  ReaderRegimeDocument,
  ReaderRegimesDocument,
} from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countOf, useList } from '../../graph/useList.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { Loading } from '../../parts/Loading.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { recordSelector, useTarget } from '../../parts/useTarget.js';
import { address } from '../../route.js';
import { useTitle } from '../../title.js';
import { DayPicker } from './DayPicker.js';
import { dayInAddress } from './day.js';
import { ListingItem, Listings } from './Listings.js';
import { ProvisionCard } from './ProvisionCard.js';
import { RegimeCard } from './RegimeCard.js';

/** Provisions with the claims that bear on them, regimes, and listings on a day. */
export default function Sanctions() {
  const { on, provision: chosen, regime: chosenRegime, listing: chosenListing } = address.value.params;
  const day = dayInAddress(on);
  // A link to one record shows it without the lists of all others.
  const isChosen = chosen !== undefined || chosenRegime !== undefined || chosenListing !== undefined;
  const regimes = useList(ReaderRegimesDocument, {}, (data) => data.regimes, { all: false, isNeeded: !isChosen });
  const provisions = useList(ReaderProvisionsDocument, {}, (data) => data.provisions, {
    all: false,
    isNeeded: !isChosen,
  });
  const all = useList(ReaderListingsDocument, {}, (data) => data.designations, { all: false });
  const listed = useList(ReaderListingsDocument, { asOf: day }, (data) => data.designations, { all: false });
  // The selected record may be on a later page of its list.
  const one = useQuery(ReaderProvisionDocument, { id: chosen ?? '' }, chosen !== undefined);
  const oneRegime = useQuery(ReaderRegimeDocument, { id: chosenRegime ?? '' }, chosenRegime !== undefined);
  const oneListing = useQuery(ReaderListingDocument, { id: chosenListing ?? '' }, chosenListing !== undefined);
  const provision = chosen === undefined ? null : (one.data?.provision ?? null);
  const regime = chosenRegime === undefined ? null : (oneRegime.data?.regime ?? null);
  const node = chosenListing === undefined ? null : oneListing.data?.node;
  const listing = node?.__typename === 'Designation' ? node : null;
  const sought = chosen !== undefined ? one : chosenRegime !== undefined ? oneRegime : oneListing;
  const isMissing = sought.state === 'failed' || sought.errors.length > 0;
  const lists = [regimes, provisions, all, listed];
  useRecordCounts({
    'dataset.listings': countOf(listed),
    'dataset.allListings': countOf(all),
    'dataset.provisions': countOf(provisions),
    'dataset.regimes': countOf(regimes),
    'dataset.assessmentsOf': chosen
      ? countIn(one, (each) => each.provision?.links.totalCount)
      : countIn(oneRegime, (each) => each.regime?.links.totalCount),
  });
  useTitle(
    provision
      ? t('instrument.paragraph', { symbol: provision.instrument.symbol, paragraph: provision.paragraph })
      : (regime?.name ?? listing?.actor?.name),
  );
  const target = provision?.id ?? regime?.id ?? listing?.id;
  useTarget(recordSelector(target), target !== undefined);
  const isLoadingChosen =
    (chosen && one.state === 'loading') ||
    (chosenRegime && oneRegime.state === 'loading') ||
    (chosenListing && oneListing.state === 'loading');
  return (
    <>
      <h1>{t('view.sanctions')}</h1>
      <p class="lead">{t('sanctions.lead')}</p>
      <p class="quiet small questions">
        <Term of="assessment" text={t('sanctions.whatIsAssessment')} /> ·{' '}
        <Term of="provision" text={t('sanctions.whatIsProvision')} /> ·{' '}
        <Term of="listing" text={t('sanctions.whatIsListing')} />
      </p>
      <DayPicker day={day} />
      {/* Parts that failed completely show that in their place. */}
      <PartialNotice
        errors={lists.flatMap(({ state, errors }) => (state === 'failed' ? [] : errors))}
        retry={() => lists.forEach(({ retry }) => void retry())}
      />
      {isLoadingChosen && <Loading what={t('sanctions.loadingChosen')} />}
      {isChosen && !isLoadingChosen && target === undefined && isMissing && (
        <FailedNotice
          what={t('sanctions.chosen')}
          failure={sought.failure}
          errors={sought.errors}
          retry={sought.retry}
        />
      )}
      {isChosen && !isLoadingChosen && target === undefined && !isMissing && (
        <p>{rich('sanctions.none', { id: <code>{chosen ?? chosenRegime ?? chosenListing}</code> })}</p>
      )}
      {provision && <ProvisionCard provision={provision} day={day} isOn />}
      {regime && <RegimeCard regime={regime} isOn />}
      {listing && (
        <ul class="listings">
          <ListingItem listing={listing} isOn />
        </ul>
      )}
      {isChosen && (
        <p>
          <a href={writeAddress('sanctions', { on })}>{t('sanctions.all')}</a>
        </p>
      )}
      {/* After the chosen record, which would move them. */}
      {!isLoadingChosen && (
        <section aria-labelledby="listed">
          <h2 id="listed">{t('sanctions.listed')}</h2>
          <Listings all={all} listed={listed} day={day} />
        </section>
      )}
      {/* After the listings, which would move them. */}
      {!isChosen && (listed.state !== 'loading' || listed.nodes.length > 0) && (
        <>
          <section aria-labelledby="provisions">
            <h2 id="provisions">{t('sanctions.provisions')}</h2>
            {provisions.nodes
              .filter(({ id }) => id !== provision?.id)
              .map((each) => (
                <ProvisionCard key={each.id} provision={each} day={day} isOn={false} />
              ))}
            {provisions.state === 'failed' && provisions.nodes.length === 0 ? (
              <FailedNotice
                what={t('sanctions.provisionsPart')}
                failure={provisions.failure}
                errors={provisions.errors}
                retry={provisions.retry}
              />
            ) : (
              <MoreButton list={{ ...provisions, errors: [] }} what={t('sanctions.provisionsPart')} />
            )}
          </section>
          <section aria-labelledby="regimes">
            <h2 id="regimes">{t('sanctions.regimes')}</h2>
            {regimes.nodes
              .filter(({ id }) => id !== regime?.id)
              .map((each) => (
                <RegimeCard key={each.id} regime={each} isOn={false} />
              ))}
            {regimes.state === 'failed' && regimes.nodes.length === 0 ? (
              <FailedNotice
                what={t('sanctions.regimesPart')}
                failure={regimes.failure}
                errors={regimes.errors}
                retry={regimes.retry}
              />
            ) : (
              <MoreButton list={{ ...regimes, errors: [] }} what={t('sanctions.regimesPart')} />
            )}
          </section>
        </>
      )}
    </>
  );
}
