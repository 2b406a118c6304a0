import { ReaderInstrumentDocument, ReaderProvisionLinesDocument } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { chunksOf } from '../../parts/chunksOf.js';
import { dateText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { enumText } from '../../parts/labels.js';
import { PassageLinks } from '../../parts/Passages.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { UnknownId } from '../../parts/UnknownId.js';
import { usePortion } from '../../parts/usePortion.js';
import { address } from '../../route.js';
import { useTitle } from '../../title.js';
import { inForceText } from '../sanctions/inForce.js';

/** A legal act with its recorded provisions. */
export default function Instrument() {
  const { id = '' } = address.value.params;
  const result = useQuery(ReaderInstrumentDocument, { id });
  const { data, state, errors, failure, retry } = result;
  const instrument = data?.instrument ?? null;
  useRecordCounts({
    'dataset.instrument': countIn(result, (each) => Number(each.instrument !== null)),
    'dataset.provisions': countIn(result, (each) => each.instrument?.provisions.length),
  });
  useTitle(instrument?.symbol);
  const { shown, more } = usePortion(`provisions ${id}`, instrument?.provisions ?? [], PAGE);
  if (state === 'loading' && instrument?.id !== id) return <Loading what={t('instrument.loading')} />;
  if (!instrument)
    return (
      <>
        <h1>{t('view.instrument')}</h1>
        {state === 'loaded' && errors.length === 0 ? (
          <UnknownId id={id}>{t('instrument.none', { id })}</UnknownId>
        ) : (
          <FailedNotice what={t('instrument.what')} failure={failure} errors={errors} retry={retry} />
        )}
      </>
    );
  const { symbol, title, note, basis, regime, adoptedOn, citations, references, provisions } = instrument;
  return (
    <article data-id={instrument.id}>
      <h1>
        <SafeText text={symbol} />
      </h1>
      <p class="lead">
        <SafeText text={title} />
      </p>
      <PartialNotice errors={errors} retry={retry} />
      <p>
        {t('instrument.adopted', { date: dateText(adoptedOn) })} ·{' '}
        <a href={writeAddress('sanctions', { regime: regime.id })}>
          <SafeText text={regime.name} />
        </a>
      </p>
      <p class="small">
        <BasisBadge basis={basis} /> <PassageLinks citations={citations} />
      </p>
      {note && (
        <p>
          <SafeText text={note} />
        </p>
      )}
      <References references={references} />
      <h2>{t('instrument.provisions')}</h2>
      {chunksOf(shown, PAGE).map((page) => (
        <Provisions key={page[0]?.id} ids={page.map((each) => each.id)} symbol={symbol} />
      ))}
      {more}
      {provisions.length === 0 && <p class="quiet">{t('list.none')}</p>}
    </article>
  );
}

/** Provisions that are loaded at a time. */
const PAGE = 40;

/** Some of the provisions, in the order of the act. */
function Provisions({ ids, symbol }: { ids: string[]; symbol: string }) {
  const { data, state, errors, failure, retry } = useQuery(ReaderProvisionLinesDocument, { ids });
  if (state === 'loading') return <Loading what={t('instrument.loading')} />;
  if (!data?.nodes)
    return <FailedNotice what={t('sanctions.provisionsPart')} failure={failure} errors={errors} retry={retry} />;
  return (
    <ul class="plain-list">
      {data.nodes.map(
        (provision) =>
          provision &&
          'paragraph' in provision && (
            <li key={provision.id} data-id={provision.id}>
              <a href={writeAddress('sanctions', { provision: provision.id })}>
                {rich('instrument.paragraph', {
                  symbol: <SafeText text={symbol} />,
                  paragraph: <SafeText text={provision.paragraph} />,
                })}
              </a>{' '}
              <span class="badge">{enumText(provision.measure)}</span>{' '}
              {!provision.paragraphSource && <span class="badge badge-warn">{t('instrument.unverified')}</span>}{' '}
              <span class="quiet small">
                {inForceText({ inForceFrom: provision.inForceFrom, inForceUntil: provision.inForceUntil })} ·{' '}
                {t('count.assessments', { count: provision.links.totalCount })}
              </span>
              <p>
                <SafeText text={provision.summary} />
              </p>
            </li>
          ),
      )}
    </ul>
  );
}
