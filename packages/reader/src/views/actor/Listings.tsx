import type { AnswerError, ReaderActorQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { unavailableServices } from '../../graph/errors.js';
import { type MessageKey, t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { dateText, dayText } from '../../parts/dates.js';
import { enumText } from '../../parts/labels.js';
import { LIVE } from '../../parts/live.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { Unavailable } from '../../parts/Unavailable.js';
import { usePortion } from '../../parts/usePortion.js';
import { type ListingState, listingOn } from './onDay.js';

type ActorOf = NonNullable<ReaderActorQuery['actor']>;

const STATE = {
  'not yet': 'actor.notYetListed',
  listed: 'actor.listed',
  maybe: 'actor.maybeListed',
  'no longer': 'actor.noLongerListed',
} as const satisfies Record<ListingState, MessageKey>;

/** The listings of an actor as they stood on a day, and the regimes that target it as a whole. */
export function Listings({
  designations,
  targetedBy,
  day,
  errors,
}: {
  designations: ActorOf['designations'];
  targetedBy: ActorOf['targetedBy'];
  day: string;
  errors: readonly AnswerError[];
}) {
  const { shown, more } = usePortion('listings', designations ?? []);
  const states = (designations ?? []).map((designation) => listingOn(designation, day));
  const countOf = (state: ListingState): number => states.filter((each) => each === state).length;
  const lost = unavailableServices(errors).find(({ service }) => service === 'sanctions');
  return (
    <section aria-labelledby="listings">
      <h2 id="listings">{t('actor.listings')}</h2>
      {!designations ? (
        <Unavailable what={t('actor.listings')} service={lost?.service ?? 'sanctions'} />
      ) : designations.length === 0 ? (
        <p class="quiet">{t('actor.noListing')}</p>
      ) : (
        <>
          <p {...LIVE}>
            {t('actor.listedCount', { count: countOf('listed'), total: states.length, day: dayText(day) })}
            {countOf('maybe') > 0 && ` ${t('actor.maybeCount', { count: countOf('maybe') })}`}
          </p>
          <ul class="listings">
            {shown.map((designation) => {
              const { id, listed, delisted, measures, basis, regime, instrument, references } = designation;
              const state = listingOn(designation, day);
              return (
                <li key={id} class={`card${state === 'listed' || state === 'maybe' ? '' : ' is-off'}`} data-id={id}>
                  <p>
                    <a href={writeAddress('sanctions', { regime: regime.id, on: day })}>
                      <SafeText text={regime.name} />
                    </a>{' '}
                    <span class={`badge badge-strong listing-${state.replace(' ', '-')}`}>{t(STATE[state])}</span>
                  </p>
                  <p class="small">
                    {t('actor.listedOn', { date: dateText(listed) })},{' '}
                    {delisted ? t('actor.delistedOn', { date: dateText(delisted) }) : t('actor.neverDelisted')} ·{' '}
                    {instrument && (
                      <>
                        <a href={writeAddress('instrument', { id: instrument.id })}>
                          <SafeText text={instrument.symbol} />
                        </a>{' '}
                        ·{' '}
                      </>
                    )}
                    {measures.map(enumText).join(', ')} <BasisBadge basis={basis} />
                  </p>
                  <References references={references} />
                </li>
              );
            })}
          </ul>
        </>
      )}
      {more}
      {targetedBy && targetedBy.length > 0 && (
        <p>
          {t('actor.targeted')}{' '}
          {targetedBy.map(({ id, name }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <a href={writeAddress('sanctions', { regime: id })}>
                <SafeText text={name} />
              </a>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
