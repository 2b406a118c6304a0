import {
  type CitedDocumentFragment,
  type ConflictFragment,
  ReaderConflictsDocument,
  ReaderPitfallsDocument,
  ReaderSidesDocument,
  ReaderTensionDocument,
  ReaderTensionDocumentsDocument,
  ReaderTensionsDocument,
  type SideFragment,
} from '@dossier/client';
import { useLayoutEffect, useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { useList } from '../../graph/useList.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { chunksOf } from '../../parts/chunksOf.js';
import { dateText } from '../../parts/dates.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { Loading } from '../../parts/Loading.js';
import { enumText } from '../../parts/labels.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Passages } from '../../parts/Passages.js';
import { SafeText } from '../../parts/SafeText.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { usePortion } from '../../parts/usePortion.js';
import { address } from '../../route.js';
import { useTitle } from '../../title.js';
import { Compared, Sides } from './Compared.js';
import { comparedIn } from './comparedIn.js';

/** Statements that are at odds, and passages that may be misread: of one document, of all, or one tension in full. */
export default function Tensions() {
  const { document, tension, compare } = address.value.params;
  return (
    <>
      <h1>{t('tensions.title')}</h1>
      <p class="lead">{rich('tensions.lead', { tension: <Term of="tension" />, caution: <Term of="caution" /> })}</p>
      {compare ? (
        <Comparison statements={compare.split(',')} />
      ) : tension ? (
        <OneTension id={tension} />
      ) : document ? (
        <OfDocument id={document} />
      ) : (
        <Documents />
      )}
    </>
  );
}

/** Two statements of any documents, e.g. where one contradicts the other. */
function Comparison({ statements }: { statements: readonly string[] }) {
  const result = useQuery(ReaderSidesDocument, { statements: comparedIn(address.value.params) });
  const { data, state, errors, failure, retry } = result;
  const sides = (data?.nodes ?? []).filter((node): node is SideFragment => Boolean(node && 'summary' in node));
  useRecordCounts({ 'dataset.sides': countIn(result, () => sides.length) });
  if (state === 'loading') return <Loading what={t('tensions.loadingSides')} />;
  if (!data?.nodes)
    return <FailedNotice what={t('tensions.statements')} failure={failure} errors={errors} retry={retry} />;
  return (
    <section aria-labelledby="compared">
      <p>
        <a href={writeAddress('tensions')}>{t('tensions.all')}</a>
      </p>
      <h2 id="compared">{t('tensions.sideBySide')}</h2>
      <PartialNotice errors={errors} retry={retry} />
      {sides.length < statements.length && (
        <p>{rich('tensions.missing', { ids: <code>{escapeInvisible(statements.join(', '))}</code> })}</p>
      )}
      <Sides statements={sides} withContext />
    </section>
  );
}

/** The id may be that of another record. */
const isConflict = (node: object | null | undefined): node is ConflictFragment => Boolean(node && 'statements' in node);

function OneTension({ id }: { id: string }) {
  const result = useQuery(ReaderTensionDocument, { tension: id });
  const { data, state, errors, failure, retry } = result;
  const conflict = data && isConflict(data.node) ? data.node : null;
  useRecordCounts({ 'dataset.sides': countIn(result, () => conflict?.statements.length) });
  useTitle(conflict?.explanation);
  if (!conflict) {
    if (state === 'loading') return <Loading what={t('tensions.loadingSides')} />;
    if (state === 'loaded' && errors.length === 0)
      return (
        <p>
          {rich('tensions.none', { id: <code>{id}</code> })} <a href={writeAddress('tensions')}>{t('tensions.all')}</a>
        </p>
      );
    return <FailedNotice what={t('tensions.what')} failure={failure} errors={errors} retry={retry} />;
  }
  return (
    <>
      <p>
        <a href={writeAddress('tensions')}>{t('tensions.all')}</a>
      </p>
      <PartialNotice errors={errors} retry={retry} />
      <Compared conflict={conflict} withContext />
    </>
  );
}

function OfDocument({ id }: { id: string }) {
  const result = useQuery(ReaderTensionsDocument, { document: id });
  const { data, state, errors, failure, retry } = result;
  const document = data?.document ?? null;
  useRecordCounts({
    'dataset.tensions': countIn(result, () => document?.tensions.length),
    'dataset.cautions': countIn(result, () => document?.cautions.length),
  });
  const [isShown, setShown] = useState(false);
  const tensions = usePortion(`tensions ${id}`, document?.tensions ?? [], PAGE);
  const cautions = usePortion(`cautions ${id}`, document?.cautions ?? [], PAGE);
  if (!document) {
    if (state === 'loading') return <Loading what={t('tensions.loading')} />;
    if (state === 'loaded' && errors.length === 0) return <p>{rich('document.none', { id: <code>{id}</code> })}</p>;
    return <FailedNotice what={t('tensions.part')} failure={failure} errors={errors} retry={retry} />;
  }
  return (
    <>
      <p>
        {rich('tensions.in', {
          document: (
            <a href={writeAddress('document', { document: id })}>
              <SafeText text={document.title} />
            </a>
          ),
          date: dateText(document.publishedOn),
        })}{' '}
        <a href={writeAddress('tensions')}>{t('tensions.allDocuments')}</a>
      </p>
      <PartialNotice errors={errors} retry={retry} />
      <section aria-labelledby="tensions">
        <h2 id="tensions">{t('count.tensions', { count: document.tensions.length })}</h2>
        {document.tensions.length === 0 && <p class="quiet">{t('tensions.noTension')}</p>}
        {chunksOf(tensions.shown, PAGE).map((page) => (
          <Conflicts key={page[0]?.id} ids={page.map((each) => each.id)} onShown={() => setShown(true)} />
        ))}
        {tensions.more}
      </section>
      {/* After the tensions, which would move them. */}
      {(isShown || document.tensions.length === 0) && (
        <section aria-labelledby="cautions">
          <h2 id="cautions">{t('count.cautions', { count: document.cautions.length })}</h2>
          {document.cautions.length === 0 && <p class="quiet">{t('tensions.noCaution')}</p>}
          {chunksOf(cautions.shown, PAGE).map((page) => (
            <Pitfalls key={page[0]?.id} ids={page.map((each) => each.id)} document={document} />
          ))}
          {cautions.more}
        </section>
      )}
    </>
  );
}

/** Tensions, and cautions, that are loaded at a time. */
const PAGE = 20;

function Conflicts({ ids, onShown }: { ids: string[]; onShown: () => void }) {
  const { data, state, errors, failure, retry } = useQuery(ReaderConflictsDocument, { ids });
  // Before the page is painted, so that it says at once that more is loading.
  useLayoutEffect(() => {
    if (state !== 'loading') onShown();
  }, [state]);
  if (state === 'loading') return <Loading what={t('tensions.loadingSides')} />;
  if (!data?.nodes) return <FailedNotice what={t('tensions.part')} failure={failure} errors={errors} retry={retry} />;
  return (
    <>
      <PartialNotice errors={errors} retry={retry} />
      {data.nodes.filter(isConflict).map((conflict) => (
        <Compared key={conflict.id} conflict={conflict} />
      ))}
    </>
  );
}

function Pitfalls({ ids, document }: { ids: string[]; document: CitedDocumentFragment }) {
  const { data, state, errors, failure, retry } = useQuery(ReaderPitfallsDocument, { ids });
  if (state === 'loading') return <Loading what={t('tensions.loading')} />;
  if (!data?.nodes) return <FailedNotice what={t('tensions.part')} failure={failure} errors={errors} retry={retry} />;
  return (
    <ul class="cautions">
      {data.nodes.map(
        (caution) =>
          caution &&
          'explanation' in caution && (
            <li key={caution.id} class="card" data-id={caution.id}>
              <p>
                <span class="badge">{enumText(caution.kind)}</span> <SafeText text={caution.explanation} />
              </p>
              <Passages citations={caution.citations} document={document} about={caution.id} />
            </li>
          ),
      )}
    </ul>
  );
}

/** Tensions that are listed of each document; its own page has all. */
const FIRST = 5;

/** The documents, with what is at odds in each. */
function Documents() {
  const list = useList(ReaderTensionDocumentsDocument, {}, (data) => data.documents, { all: false });
  const countOfAll = (of: 'tensions' | 'cautions'): number | null =>
    list.state === 'complete' ? list.nodes.reduce((sum, document) => sum + document[of].length, 0) : null;
  useRecordCounts({ 'dataset.tensions': countOfAll('tensions'), 'dataset.cautions': countOfAll('cautions') });
  return (
    <>
      {list.totalCount !== null && <p class="quiet">{t('count.documents', { count: list.totalCount })}</p>}
      <ul class="cards">
        {list.nodes.map(({ id, title, publishedOn, tensions, cautions }) => (
          <li key={id} class="card">
            <h2>
              <a href={writeAddress('tensions', { document: id })}>
                <SafeText text={title} />
              </a>
            </h2>
            <p class="quiet">
              {dateText(publishedOn)} · {t('count.tensions', { count: tensions.length })},{' '}
              {t('count.cautions', { count: cautions.length })}
            </p>
            <ul class="plain-list">
              {tensions.slice(0, FIRST).map(({ id: tension, kind, explanation, documents }) => (
                <li key={tension}>
                  <span class="badge">{enumText(kind)}</span>{' '}
                  {documents.length > 1 && <span class="badge badge-strong">{t('tensions.between')}</span>}{' '}
                  <a href={writeAddress('tensions', { tension })}>
                    <SafeText text={explanation} />
                  </a>
                </li>
              ))}
              {tensions.length > FIRST && (
                <li>
                  <a href={writeAddress('tensions', { document: id })}>
                    {t('tensions.more', { count: tensions.length - FIRST })}
                  </a>
                </li>
              )}
            </ul>
          </li>
        ))}
      </ul>
      <MoreButton list={list} what={t('home.documents')} />
    </>
  );
}
