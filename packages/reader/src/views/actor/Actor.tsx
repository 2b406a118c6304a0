import { ReaderActorDocument, type ReaderActorQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { type MessageKey, t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { DateField } from '../../parts/DateField.js';
import { dateText, dayText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { basisText, enumText, shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { PassageLinks } from '../../parts/Passages.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { UnknownId } from '../../parts/UnknownId.js';
import { usePortion } from '../../parts/usePortion.js';
import { address, goWith, hrefWith } from '../../route.js';
import { useTitle } from '../../title.js';
import { dayInAddress } from '../sanctions/day.js';
import { Listings } from './Listings.js';
import { Identifiers, NameTable } from './NameTable.js';
import { isDay, isStatedFor } from './onDay.js';
import { Records } from './Records.js';
import { RECORD_FIELD, RECORDS, type RecordKind } from './recordKinds.js';

type ActorOf = NonNullable<ReaderActorQuery['actor']>;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** An actor: its names, offices, listings and records. */
export default function Actor() {
  const { id = '', on, show } = address.value.params;
  const result = useQuery(ReaderActorDocument, { id });
  const { data, state, errors, failure, retry } = result;
  const actor = data?.actor ?? null;
  const countOfKinds = (kinds: readonly RecordKind[]): number | null =>
    countIn(result, (each) => sumOf(kinds.map((kind) => each.actor?.[RECORD_FIELD[kind]]?.totalCount ?? 0)));
  useRecordCounts({
    'dataset.actorFacts': countIn(result, (each) => Number(each.actor !== null)),
    'dataset.actorStatements': countOfKinds(['by', 'imputed', 'about', 'to', 'carried']),
    'dataset.actorEvents': countOfKinds(['events']),
    'dataset.actorFigures': countOfKinds(['figures']),
    'dataset.mentions': countOfKinds(['mentions']),
  });
  useTitle(actor?.name);
  if (state === 'loading' && actor?.id !== id) return <Loading what={t('actor.loading')} />;
  if (!actor)
    return (
      <>
        <h1>{t('view.actor')}</h1>
        {state === 'loaded' && errors.length === 0 ? (
          <UnknownId id={id}>{t('actor.none', { id })}</UnknownId>
        ) : (
          <FailedNotice what={t('actor.what')} failure={failure} errors={errors} retry={retry} />
        )}
      </>
    );
  const day = dayInAddress(on);
  const counts = RECORDS.map((kind) => ({ kind, count: actor[RECORD_FIELD[kind]]?.totalCount ?? null }));
  const shown = RECORDS.find((kind) => kind === show) ?? counts.find(({ count }) => count !== 0)?.kind ?? 'by';
  const offices = 'offices' in actor ? actor.offices : 'officers' in actor ? actor.officers : [];
  return (
    <article class="actor-page" data-id={actor.id}>
      <h1>
        <SafeText text={actor.name} />
      </h1>
      <p class="lead">
        {enumText(actor.kind)}
        {'status' in actor && `, ${enumText(actor.status)}`}
        {'type' in actor && actor.type !== 'OTHER' && `, ${enumText(actor.type)}`}
        {actor.description && (
          <>
            {' '}
            · <SafeText text={actor.description} />
          </>
        )}
      </p>
      <PartialNotice errors={errors} retry={retry} />
      {actor.note && (
        <p>
          <SafeText text={actor.note} />
        </p>
      )}
      <p class="small">
        <BasisBadge basis={actor.basis} />{' '}
        <a href={writeAddress('network', { actor: actor.id })}>{t('actor.network')}</a> ·{' '}
        <a href={writeAddress('said', { speaker: actor.id })}>{t('network.statements')}</a>
      </p>
      <References references={actor.references} />
      <NameTable name={actor.name} aliases={actor.aliases} />
      <Identifiers identifiers={actor.identifiers} />
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <DateField
          label={t('actor.day')}
          value={day}
          onChange={(on, options) => {
            if (isDay(on)) goWith('actor', { on }, options);
          }}
        />
        <p class="quiet small">{t('actor.dayNote')}</p>
      </form>
      <p class="print-only">
        {t('actor.day')}: {dayText(day)}
      </p>
      {offices.length > 0 && <Offices of={actor.id} offices={offices} isOwn={'offices' in actor} day={day} />}
      <Ties actor={actor} />
      <Listings designations={actor.designations} targetedBy={actor.targetedBy} day={day} errors={errors} />
      <section aria-labelledby="records">
        <h2 id="records">{t('actor.records')}</h2>
        <ul class="tabs">
          {counts.map(({ kind, count }) => (
            <li key={kind}>
              <a
                href={hrefWith('actor', { show: kind })}
                aria-current={kind === shown ? 'true' : undefined}
                class="tag"
              >
                {t(`actor.${kind}` as MessageKey as 'actor.by')} <span class="count">{count ?? '–'}</span>
              </a>
            </li>
          ))}
        </ul>
        <Records key={`${actor.id} ${shown}`} id={actor.id} kind={shown} />
      </section>
      <p class="quiet small">
        <code>{actor.id}</code>
      </p>
    </article>
  );
}

type OfficeOf = Extract<ActorOf, { offices: unknown }>['offices'][number];

/** The offices of a person, or the officers of a body. */
function Offices({
  of,
  offices,
  isOwn,
  day,
}: {
  of: string;
  offices: readonly OfficeOf[];
  isOwn: boolean;
  day: string;
}) {
  const { shown, more } = usePortion(`offices ${of}`, offices);
  return (
    <section aria-labelledby="offices">
      <h2 id="offices">{t(isOwn ? 'actor.offices' : 'actor.officers')}</h2>
      <ul class="plain-list">
        {shown.map((office) => (
          <Office key={office.id} office={office} isOwn={isOwn} day={day} />
        ))}
      </ul>
      {more}
    </section>
  );
}

function Office({ office, isOwn, day }: { office: OfficeOf; isOwn: boolean; day: string }) {
  const { id, title, holder, organization, host, asOf, note, basis, citations, references } = office;
  const isStated = isStatedFor(asOf, day);
  return (
    <li data-id={id} class={isStated === false ? 'is-off' : undefined}>
      {!isOwn && (
        <>
          <Name actor={holder} />:{' '}
        </>
      )}
      <SafeText text={title} />
      {isOwn && organization && (
        <>
          , <Name actor={organization} />
        </>
      )}
      {host && (
        <>
          {' '}
          (<Name actor={host} />)
        </>
      )}{' '}
      <span class="badge">{asOf ? t('actor.officeAsOf', { date: dateText(asOf) }) : t('actor.officeUndated')}</span>{' '}
      {isStated !== null && <span class="badge">{t(isStated ? 'actor.officeOnDay' : 'actor.officeOtherDay')}</span>}{' '}
      <BasisBadge basis={basis} /> <PassageLinks citations={citations} />
      {note && (
        <p class="quiet small">
          <SafeText text={note} />
        </p>
      )}
      <References references={references} />
    </li>
  );
}

/** What the actor belongs to, its kin, and who recognised it. */
function Ties({ actor }: { actor: ActorOf }) {
  const kin = 'kin' in actor ? actor.kin : [];
  const recognisedBy = 'recognisedBy' in actor ? actor.recognisedBy : [];
  if (actor.affiliations.length + kin.length + recognisedBy.length === 0) return null;
  return (
    <dl class="facts">
      {actor.affiliations.length > 0 && (
        <>
          <dt>{t('actor.affiliations')}</dt>
          <dd>
            {actor.affiliations.map(({ to, basis, note }, index) => (
              <span key={to.id}>
                {index > 0 && ', '}
                <Name actor={to} />
                {basis !== 'DOCUMENT' && <span class="quiet"> ({basisText(basis)})</span>}
                {note && (
                  <span class="quiet small">
                    {' '}
                    — <SafeText text={note} />
                  </span>
                )}
              </span>
            ))}
          </dd>
        </>
      )}
      {kin.length > 0 && (
        <>
          <dt>{t('actor.kin')}</dt>
          <dd>
            {kin.map(({ person, relation }, index) => (
              <span key={person.id}>
                {index > 0 && ', '}
                <Name actor={person} /> (<SafeText text={relation} />)
              </span>
            ))}
          </dd>
        </>
      )}
      {recognisedBy.length > 0 && (
        <>
          <dt>{t('actor.recognised')}</dt>
          <dd>
            {recognisedBy.map(({ by, event }, index) => (
              <span key={event.id}>
                {index > 0 && ', '}
                <Name actor={by} /> (<a href={writeAddress('timeline', { event: event.id })}>{shortId(event.id)}</a>)
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
