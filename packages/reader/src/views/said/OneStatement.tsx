import { ReaderStatementDocument } from '@dossier/client';
import { useEffect, useRef } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { ChangedNotice } from '../../cite/ChangedNotice.js';
import { CiteClaim } from '../../cite/CiteClaim.js';
import { digestOfStatement } from '../../cite/digest.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { failedServiceAt } from '../../graph/errors.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { isReturning } from '../../history.js';
import { rich, t } from '../../messages/messages.js';
import { BasisBadge, EventBadge, StatusBadge } from '../../parts/badges.js';
import { DateText } from '../../parts/DateText.js';
import { Loading } from '../../parts/Loading.js';
import { enumText, shortId, statusMeaning } from '../../parts/labels.js';
import { Names } from '../../parts/Name.js';
import { PassageLinks, Passages } from '../../parts/Passages.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { UnknownId } from '../../parts/UnknownId.js';
import { hrefWith } from '../../route.js';
import { useTitle } from '../../title.js';
import { Bearings } from './Bearings.js';
import { Chain } from './Chain.js';
import { chainOf } from './chain.js';
import { LegalAndTrade } from './LegalAndTrade.js';

/** The details of a statement: its chain, its words, related statements, provisions and figures. */
export function OneStatement({ id }: { id: string }) {
  const result = useQuery(ReaderStatementDocument, { statement: id });
  const { data, state, errors, failure, retry } = result;
  const heading = useRef<HTMLHeadingElement>(null);
  const statement = data?.statement ?? null;
  useRecordCounts({ 'dataset.statement': countIn(result, (each) => Number(each.statement !== null)) });
  useTitle(statement && `${shortId(statement.id)}: ${statement.summary}`);
  useEffect(() => {
    if (statement && !isReturning())
      heading.current?.focus({ preventScroll: matchMedia('(min-width: 60rem)').matches });
  }, [statement?.id]);
  if (!statement) {
    if (state === 'loading') return <Loading what={t('said.loading')} />;
    if (state === 'loaded' && errors.length === 0) {
      return <UnknownId id={id}>{rich('said.noStatement', { id: <code>{id}</code> })}</UnknownId>;
    }
    return <FailedNotice what={t('said.what')} failure={failure} errors={errors} retry={retry} />;
  }
  const { attribution, account, quotations, doubts } = statement;
  const digest = digestOfStatement(statement);
  return (
    <article class="statement">
      <p class="back">
        <a href={hrefWith('said', { statement: null })} data-back="">
          {t('said.back')}
        </a>
      </p>
      <p class="eyebrow">
        {shortId(statement.id)} · {enumText(statement.kind)} · {enumText(statement.modality)}
      </p>
      <h2 ref={heading} tabIndex={-1}>
        <SafeText text={statement.summary} />
      </h2>
      <p>
        <StatusBadge status={attribution.status} /> <BasisBadge basis={statement.basis} />
      </p>
      <CiteClaim claim={{ ...statement, citations: statement.passages }} digest={digest} />
      <ChangedNotice digest={digest} service="statements" />
      <PartialNotice errors={errors} retry={retry} />
      <div class="claim-and-passage">
        <dl class="facts">
          <dt>{t('said.date')}</dt>
          <dd>
            <DateText date={statement.saidOn} />
          </dd>
          {statement.venue && (
            <>
              <dt>{t('said.venue')}</dt>
              <dd>
                <SafeText text={statement.venue} />
              </dd>
            </>
          )}
          {statement.addresseeIds.length > 0 && (
            <>
              <dt>{t('said.to')}</dt>
              <dd>
                <Names actors={statement.addressees} ids={statement.addresseeIds} />
              </dd>
            </>
          )}
          {statement.note && (
            <>
              <dt>{t('said.note')}</dt>
              <dd>
                <SafeText text={statement.note} />
              </dd>
            </>
          )}
        </dl>
        <section aria-labelledby="passage">
          <h3 id="passage">{t(statement.passages.length === 1 ? 'said.passage' : 'said.passages')}</h3>
          <Passages citations={statement.passages} document={statement.document} about={statement.id} />
          <References references={statement.references} />
        </section>
      </div>
      <h3>{rich('said.chain', { chain: <Term of="relayChain" /> })}</h3>
      <p class="quiet small">
        {statusMeaning(attribution.status)}{' '}
        {account.note && account.note !== statement.note && <SafeText text={account.note} />}
      </p>
      <Chain
        links={chainOf(statement)}
        page={writeAddress('document', { document: statement.document.id, statement: statement.id })}
      />
      {quotations.length > 0 && (
        <>
          <h3>{t('said.quoted')}</h3>
          <ul class="plain-list">
            {quotations.map((quotation) => (
              <li key={quotation.id}>
                <span class="badge">{enumText(quotation.kind)}</span>{' '}
                {quotation.speakerId
                  ? rich(quotation.speakerIsCertain ? 'said.wordsOf' : 'said.wordsOfProbably', {
                      names: <Names actors={[quotation.speaker]} ids={[quotation.speakerId]} />,
                    })
                  : t('said.wordsOfNobody')}
                {quotation.isTranslated && `, ${t('said.translated')}`}
                {quotation.note && (
                  <span class="quiet small">
                    {' '}
                    — <SafeText text={quotation.note} />
                  </span>
                )}
                {/* One that runs over several paragraphs is the frame that the statement stands in. */}
                {quotation.citation.paragraph === null ? (
                  <PassageLinks citations={[quotation.citation]} />
                ) : (
                  <Passages citations={[quotation.citation]} document={null} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {doubts.length > 0 && (
        <>
          <h3>
            <Term of="hedge" text={t('said.hedges')} />
          </h3>
          <ul class="plain-list">
            {doubts.map(({ kind, citation }) => (
              <li key={citation.id}>
                <span class="badge badge-hedge">{enumText(kind)}</span>{' '}
                {citation.excerpt && <SafeText text={`“${citation.excerpt}”`} />}{' '}
                <span class="quiet small">
                  {t('said.at', { place: citation.id.split('=')[1]?.replace(',', '–') ?? '' })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Bearings relations={statement.relations} tensions={statement.tensions} self={statement.id} />
      {statement.events.length > 0 && (
        <>
          <h3>{t('said.events')}</h3>
          <ul class="plain-list">
            {statement.events.map((event, index) =>
              event ? (
                <li key={event.id}>
                  <EventBadge status={event.status} />{' '}
                  <a href={writeAddress('timeline', { event: event.id })}>
                    <SafeText text={event.label} />
                  </a>
                  , <DateText date={event.date} />
                </li>
              ) : (
                <li key={index} class="not-now">
                  {t('unavailable.event', {
                    service: failedServiceAt(errors, 'statement', 'events', index, 'label') ?? 'actors',
                  })}
                </li>
              ),
            )}
          </ul>
        </>
      )}
      <LegalAndTrade statement={statement} errors={errors} />
      <p class="quiet small">{rich('said.id', { id: <code>{statement.id}</code> })}</p>
    </article>
  );
}
