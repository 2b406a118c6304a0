import { ReaderListingsDocument, ReaderProvisionsDocument, ReaderRegimesDocument } from '@dossier/client';
import { useEffect } from 'preact/hooks';
import { useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { Loading } from '../../parts/Loading.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { address } from '../../route.js';
import { DayPicker } from './DayPicker.js';
import { dayAsked } from './day.js';
import { Listings } from './Listings.js';
import { ProvisionCard } from './ProvisionCard.js';
import { RegimeCard } from './RegimeCard.js';

/** Provisions with the claims that bear on them, regimes, and listings on a day. */
export default function Sanctions() {
  const { on, provision: chosen, regime: chosenRegime } = address.value.params;
  const day = dayAsked(on);
  const regimes = useQuery(ReaderRegimesDocument, {});
  const provisions = useList(ReaderProvisionsDocument, {}, (data) => data.provisions);
  const all = useList(ReaderListingsDocument, {}, (data) => data.designations);
  const listed = useList(ReaderListingsDocument, { asOf: day }, (data) => data.designations);
  const parts = [regimes, provisions, all, listed];
  // Parts that failed completely show that in their place.
  const hasFailed = (part: (typeof parts)[number]): boolean =>
    part.state === 'failed' || (part === regimes && !regimes.data?.regimes);
  const target = chosen ?? chosenRegime;
  const isThere = provisions.nodes.length > 0 && regimes.data !== null;
  useEffect(() => {
    if (isThere && target)
      document.querySelector(`[data-id="${CSS.escape(target)}"]`)?.scrollIntoView({ block: 'center' });
  }, [isThere, target]);
  const nodes = regimes.data?.regimes?.nodes ?? [];
  return (
    <>
      <h1>Sanctions</h1>
      <p class="lead">
        A <Term of="reading" /> describes how a claim relates to a <Term of="provision" /> and how well it fits, with
        its reason. It never states that a breach happened.
      </p>
      <DayPicker day={day} />
      <PartialNotice
        errors={parts.flatMap((part) => (hasFailed(part) ? [] : part.errors))}
        retry={() => parts.forEach((part) => void part.retry())}
      />
      <section aria-labelledby="listed">
        <h2 id="listed">Who was listed on this day</h2>
        <Listings all={all} listed={listed} day={day} />
      </section>
      <section aria-labelledby="provisions">
        <h2 id="provisions">Provisions, and the claims that bear on them</h2>
        {provisions.nodes.map((provision) => (
          <ProvisionCard key={provision.id} provision={provision} day={day} isOn={provision.id === chosen} />
        ))}
        {provisions.state === 'loading' && <Loading what="Asking for provisions" />}
        {provisions.state === 'failed' && (
          <FailedNotice
            what="Provisions"
            failure={provisions.failure}
            errors={provisions.errors}
            retry={provisions.retry}
          />
        )}
      </section>
      <section aria-labelledby="regimes">
        <h2 id="regimes">Regimes as a whole</h2>
        {nodes.map((regime) => (
          <RegimeCard key={regime.id} regime={regime} isOn={regime.id === chosenRegime} />
        ))}
        {regimes.state === 'loading' && !regimes.data && <Loading what="Asking for regimes" />}
        {regimes.state !== 'loading' && !regimes.data?.regimes && (
          <FailedNotice what="Regimes" failure={regimes.failure} errors={regimes.errors} retry={regimes.retry} />
        )}
      </section>
    </>
  );
}
