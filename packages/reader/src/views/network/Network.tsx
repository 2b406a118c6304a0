import {
  ReaderActorsDocument,
  ReaderFiguresDocument,
  ReaderNetworkStartDocument,
  type ReaderNetworkStartQuery,
  ReaderStatementsDocument,
} from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { actorAddress, writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { usePicture } from '../../export/shownPicture.js';
import { countOf, useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { formatNumber, t } from '../../messages/messages.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { Loading } from '../../parts/Loading.js';
import { shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailureNotices } from '../../parts/Unavailable.js';
import { usePortion } from '../../parts/usePortion.js';
import { address, goWith, hrefWith } from '../../route.js';
import { useTitle } from '../../title.js';
import { ActorPanel } from './ActorPanel.js';
import { centresOf, kindsOf, MAX_CENTRES } from './centres.js';
import { NetworkDiagram } from './NetworkDiagram.js';
import { TieList } from './TieList.js';
import { KINDS, type Known, namesOf, strongestTies, type TieKind, tiesOf } from './ties.js';
import { useLayout } from './useLayout.js';
import { useNeighbourhoods } from './useNeighbourhoods.js';

/** A graph of at most this many statements is shown as a whole. */
const MAX_WHOLE = 200;
/** The most actors in the picture of a neighbourhood: more could not be laid out without a delay, or read. */
const MAX_DRAWN = 40;
/** Actors that are added to the list at a time. */
const LISTED = 60;
/** The network of actors: the ties of one actor, to which those of others are added; all of a small graph. */
export default function Network() {
  const { actor: chosen, ties: tiesParam } = address.value.params;
  const kinds = kindsOf(tiesParam);
  const toggle = (kind: TieKind): void => {
    const next = KINDS.filter((each) => (each === kind ? !kinds.has(each) : kinds.has(each)));
    goWith('network', { ties: next.length === KINDS.length ? null : next.length === 0 ? 'none' : next.join(',') });
  };
  return (
    <>
      <h1>{t('view.network')}</h1>
      <p class="lead">{t('network.lead')}</p>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <fieldset>
          <legend>{t('network.ties')}</legend>
          {KINDS.map((kind) => (
            <label key={kind} class="check">
              <input type="checkbox" checked={kinds.has(kind)} onChange={() => toggle(kind)} />
              <span class={`tie-mark tie-mark-${kind}`} aria-hidden="true" /> {t(`tie.${kind}`)}
            </label>
          ))}
          <p class="tie-note">
            <span class="tie-mark tie-mark-likely" aria-hidden="true" /> {t('network.likely')}
          </p>
        </fieldset>
      </form>
      {chosen ? <NeighbourhoodOf key={chosen} id={chosen} kinds={kinds} /> : <Start kinds={kinds} />}
    </>
  );
}

/** Where to begin: the whole network if it is small, otherwise the actors with the most statements. */
function Start({ kinds }: { kinds: ReadonlySet<TieKind> }) {
  const start = useQuery(ReaderNetworkStartDocument, {});
  const count = start.data?.statements?.totalCount;
  if (start.state === 'loading') return <Loading what={t('network.loading')} />;
  // Without the count, what is there is loaded page by page as of a small graph, but no more than that.
  if (count === undefined || count <= MAX_WHOLE) return <Whole kinds={kinds} />;
  return (
    <>
      <FailureNotices parts={[{ what: t('view.network'), ...start }]} />
      <p>{t('network.start')}</p>
      <Ranking title={t('network.speakers')} counts={start.data?.statements?.facets.speakers ?? []} />
      <Ranking title={t('network.carriers')} counts={start.data?.statements?.facets.carriers ?? []} />
    </>
  );
}

type Counts = NonNullable<ReaderNetworkStartQuery['statements']>['facets']['speakers'];

const Ranking = ({ title, counts }: { title: string; counts: Counts }) =>
  counts.length === 0 ? null : (
    <section>
      <h2>{title}</h2>
      <ul class="tags">
        {counts.map(({ id, actor, statementCount }) => (
          <li key={id}>
            <a class="tag" href={hrefWith('network', { actor: id })}>
              <SafeText text={actor?.name ?? shortId(id)} /> <span class="count">{formatNumber(statementCount)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );

/** All actors and ties of a small graph. */
function Whole({ kinds }: { kinds: ReadonlySet<TieKind> }) {
  const max = MAX_WHOLE;
  const actors = useList(ReaderActorsDocument, {}, (data) => data.actors, { max });
  const statements = useList(ReaderStatementsDocument, { first: 100 }, (data) => data.statements, { max });
  const figures = useList(ReaderFiguresDocument, {}, (data) => data.tradeFigures, { max });
  useRecordCounts({
    'dataset.actors': countOf(actors),
    'dataset.statements': countOf(statements),
    'dataset.figures': countOf(figures),
  });
  const known = useMemo(
    () => ({ actors: actors.nodes, statements: statements.nodes, figures: figures.nodes }),
    [actors.nodes, statements.nodes, figures.nodes],
  );
  return (
    <>
      <FailureNotices
        parts={[
          { what: t('network.partActors'), ...actors },
          { what: t('network.partStatements'), ...statements },
          { what: t('network.partFigures'), ...figures },
        ]}
      />
      <Picture
        known={known}
        kinds={kinds}
        centres={[]}
        isLoading={[actors, statements, figures].some(({ state }) => state === 'loading')}
      />
    </>
  );
}

/** The ties of an actor, and of those that were added to it. */
function NeighbourhoodOf({ id, kinds }: { id: string; kinds: ReadonlySet<TieKind> }) {
  const centres = centresOf(address.value.params);
  const parts = useNeighbourhoods(centres);
  const loaded = parts.flatMap(({ result }) => result.data?.actor ?? []);
  const isLoading = parts.some(({ result }) => result.state === 'loading');
  const known = useMemo<Known>(
    () => ({
      actors: loaded,
      statements: unique(loaded.flatMap((actor) => actor.statements?.nodes ?? [])),
      figures: unique(loaded.flatMap((actor) => actor.tradeFigures?.nodes ?? [])),
    }),
    [centres.join(), isLoading, loaded.length],
  );
  const actor = loaded.find((each) => each.id === id);
  useTitle(actor?.name);
  const names = useMemo(() => namesOf(known), [known]);
  const own = useMemo(
    () => tiesOf(known).filter(({ kind, from, to }) => kinds.has(kind) && (from === id || to === id)),
    [known, [...kinds].join()],
  );
  const limits = loaded.flatMap(({ id: each, name, statements, tradeFigures }) =>
    [
      { list: statements, says: 'network.firstRecords', href: actorAddress(each) } as const,
      { list: tradeFigures, says: 'network.firstFigures', href: writeAddress('trade', { of: each }) } as const,
    ].flatMap(({ list, says, href }) =>
      list && list.totalCount > list.nodes.length
        ? [{ text: t(says, { shown: list.nodes.length, total: list.totalCount, name: escapeInvisible(name) }), href }]
        : [],
    ),
  );
  // The first records of an actor may have no tie, and others have some.
  const isWhole =
    limits.length === 0 && parts.every(({ result }) => result.state === 'loaded' && !result.errors.length);
  useRecordCounts({
    'dataset.ties': isWhole ? tiesOf(known).filter(({ kind }) => kinds.has(kind)).length : null,
  });
  return (
    <>
      <FailureNotices
        parts={parts.map(({ id: each, result, retry }) => ({
          what: t('network.part', { name: names.get(each) ?? shortId(each) }),
          ...result,
          retry,
        }))}
      />
      {!isLoading && (
        <ActorPanel id={id} actor={actor} ties={own} names={names} isComplete={parts[0]?.result.state === 'loaded'} />
      )}
      {limits.map(({ text, href }) => (
        <p key={href} class="quiet small">
          {text} <a href={href}>{t('network.allRecords')}</a>
        </p>
      ))}
      <Picture
        known={known}
        kinds={kinds}
        centres={centres}
        isLoading={isLoading}
        limits={limits.map(({ text }) => text)}
      />
    </>
  );
}

const unique = <TRecord extends { id: string }>(records: readonly TRecord[]): TRecord[] => [
  ...new Map(records.map((record) => [record.id, record])).values(),
];

interface PictureProps {
  known: Known;
  kinds: ReadonlySet<TieKind>;
  /** The actors whose ties are shown; empty for all. */
  centres: readonly string[];
  isLoading: boolean;
  /** What is not known of the ties because it was not loaded. */
  limits?: readonly string[];
}

/** Ties as a diagram and as a list. */
function Picture({ known, kinds, centres, isLoading, limits = [] }: PictureProps) {
  const chosen = centres[0];
  const all = useMemo(() => tiesOf(known), [known]);
  const names = useMemo(() => namesOf(known), [known]);
  const kindsKey = [...kinds].join();
  const ties = useMemo(() => all.filter(({ kind }) => kinds.has(kind)), [all, kindsKey]);
  const labelOf = (id: string): string => escapeInvisible(names.get(id) ?? shortId(id));
  const drawn = useMemo(
    () => (chosen === undefined ? ties : strongestTies(ties, centres, MAX_DRAWN)),
    [ties, centres.join()],
  );
  const idsOf = (some: typeof ties): string[] => [...new Set(some.flatMap(({ from, to }) => [from, to]))];
  // Only when everything is loaded, so that the diagram does not change with every page.
  const request = useMemo(
    () =>
      isLoading || drawn.length === 0
        ? null
        : { ties: drawn, labels: Object.fromEntries(idsOf(drawn).map((id) => [id, labelOf(id)])) },
    [isLoading, drawn],
  );
  const { placed, isPlacing } = useLayout(request);
  const ids = idsOf(ties).sort((a, b) => labelOf(a).localeCompare(labelOf(b)));
  const added = centres.slice(1);
  const { shown, more } = usePortion(`ties of ${centres.join()}`, ids, LISTED);
  const isShown = !isLoading && placed !== null && ties.length > 0;
  const title =
    chosen === undefined
      ? t('network.pictureTitle')
      : t('network.pictureOf', { names: centres.map(labelOf).join(', ') });
  const isPartial = drawn.length < ties.length;
  const drawnCount = idsOf(drawn).length;
  // Fewer are drawn than there is room for: what is left out is no neighbour.
  const isFull = drawnCount >= MAX_DRAWN;
  usePicture(isShown ? title : null, [
    ...(isPartial ? [isFull ? t('network.pictureNote', { count: drawnCount }) : t('network.directNote')] : []),
    ...limits,
  ]);
  if (isLoading || (isPlacing && !placed)) return <Loading what={t('network.loading')} />;
  if (ties.length === 0) return <p>{t('network.none')}</p>;
  return (
    <>
      {placed && <NetworkDiagram placed={placed} labelOf={labelOf} chosen={chosen} title={title} />}
      {isPartial && (
        <p class="quiet small">{isFull ? t('network.strongest', { count: drawnCount }) : t('network.direct')}</p>
      )}
      <section aria-labelledby="as-list">
        <h2 id="as-list">{t('network.list')}</h2>
        <p class="quiet">
          {t('network.count', {
            actors: t('count.actors', { count: ids.length }),
            ties: t('count.ties', { count: ties.length }),
          })}
        </p>
        <ul class="tie-lists">
          {shown.map((id) => (
            <li key={id} class="card">
              <h3>
                <Name actor={names.get(id) ? { id, name: labelOf(id) } : null} id={id} />
              </h3>
              <TieList ties={ties.filter(({ from, to }) => from === id || to === id)} self={id} names={names} />
              {chosen !== undefined && id !== chosen && (
                <p class="small">
                  {added.includes(id) ? (
                    <a href={hrefWith('network', { with: added.filter((each) => each !== id).join(',') || null })}>
                      {t('network.collapse')}
                    </a>
                  ) : (
                    centres.length < MAX_CENTRES && (
                      <a href={hrefWith('network', { with: [...added, id].join(',') })}>{t('network.expand')}</a>
                    )
                  )}
                </p>
              )}
            </li>
          ))}
        </ul>
        {more}
      </section>
    </>
  );
}
