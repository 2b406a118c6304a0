import { ReaderFindActorsDocument, ReaderInstrumentsDocument, ReaderNearMatchesDocument } from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { actorAddress, writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countOf, useList } from '../../graph/useList.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { dateText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { topicText } from '../../parts/labels.js';
import { LIVE } from '../../parts/live.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { address } from '../../route.js';
import { Marked } from '../../search/Marked.js';
import { nearness, prefixesOf, wordsOf } from '../../search/rank.js';
import { summaryOf, useSearch } from '../../search/useSearch.js';
import { useTitle } from '../../title.js';

/** How many results of each kind the page lists. */
const SHOWN = 10;
/** How many it lists of what is matched in the browser. */
const MAX_OTHERS = 100;

/** The results of a search by kind, or all of one kind. */
export default function Search() {
  const { q = '', in: kind } = address.value.params;
  const words = q.trim();
  useTitle(words ? t('search.titleFor', { words }) : null);
  return (
    <>
      <h1>{words ? rich('search.titleFor', { words: <SafeText text={words} lang={null} /> }) : t('search.title')}</h1>
      {words === '' && <p class="lead">{t('search.prompt')}</p>}
      {words === '' && kind !== 'instruments' && <InstrumentsLink />}
      {kind === 'instruments' ? (
        <AllInstruments />
      ) : (
        words !== '' && (kind === 'actors' ? <AllActors words={words} /> : <Results words={words} />)
      )}
    </>
  );
}

function Results({ words }: { words: string }) {
  const { groups, isLoading, found, index } = useSearch(words, { first: SHOWN, max: MAX_OTHERS });
  const typed = wordsOf(words);
  useRecordCounts({
    'dataset.foundActors': countIn(found, ({ actors }) => actors?.totalCount),
    'dataset.foundPlaces': countIn(found, ({ places }) => places?.totalCount),
    'dataset.foundStatements': countIn(found, ({ statements }) => statements?.totalCount),
    'dataset.foundDocuments': countIn(found, ({ documents }) => documents?.totalCount),
  });
  if (found.state === 'failed')
    return (
      <FailedNotice what={t('search.results')} failure={found.failure} errors={found.errors} retry={found.retry} />
    );
  if (isLoading) return <Loading what={t('search.loading')} />;
  return (
    <>
      <PartialNotice errors={[...found.errors, ...index.errors]} retry={found.retry} />
      <p class="visually-hidden" {...LIVE}>
        {groups.length > 0 && summaryOf(groups)}
      </p>
      {groups.map(({ key, title, hits, all }) => (
        <section key={key} aria-labelledby={`found-${key}`} class="found">
          <h2 id={`found-${key}`}>{title}</h2>
          <ul class="plain-list">
            {hits.map(({ id, href, text, note, excerpt }) => (
              <li key={id}>
                <a href={href}>
                  <Marked text={text} typed={typed} />
                </a>
                {note && (
                  <span class="quiet small">
                    {' '}
                    — <Marked text={note} typed={typed} />
                  </span>
                )}
                {excerpt && (
                  <blockquote class="small">
                    <Marked text={excerpt} typed={typed} />
                  </blockquote>
                )}
              </li>
            ))}
          </ul>
          {all.map(({ href, text }) => (
            <p key={href}>
              <a href={href}>
                <SafeText text={text} />
              </a>
            </p>
          ))}
        </section>
      ))}
      {groups.length === 0 && <NearMatches words={words} topics={index.data?.topics ?? []} />}
    </>
  );
}

/** Names, topics and summaries with similar words, and what was searched. */
export function NearMatches({ words, topics }: { words: string; topics: readonly { topic: string }[] }) {
  const typed = wordsOf(words);
  const [first = '', second = ''] = prefixesOf(typed, 2);
  const { data, state } = useQuery(
    ReaderNearMatchesDocument,
    { first, second, hasSecond: second !== '' },
    first !== '',
  );
  const near = useMemo(() => {
    const named = [...(data?.actors?.nodes ?? []), ...(data?.moreActors?.nodes ?? [])].map(({ id, name }) => ({
      id,
      href: actorAddress(id),
      text: name,
    }));
    const said = [...(data?.statements?.nodes ?? []), ...(data?.moreStatements?.nodes ?? [])].map(
      ({ id, summary }) => ({ id, href: writeAddress('said', { statement: id }), text: summary }),
    );
    const about = topics.map(({ topic }) => ({
      id: topic,
      href: writeAddress('said', { topic }),
      text: topicText(topic),
    }));
    const byId = new Map([...named, ...said, ...about].map((each) => [each.id, each]));
    return [...byId.values()]
      .map((each) => ({ ...each, near: nearness(each.text, typed) }))
      .filter((each) => each.near >= MIN_NEARNESS)
      .sort((a, b) => b.near - a.near || (a.id < b.id ? -1 : 1))
      .slice(0, MAX_NEAR);
  }, [data, topics, words]);
  if (first !== '' && state === 'loading') return <Loading what={t('search.loading')} />;
  return (
    <section aria-labelledby="near">
      <p {...LIVE}>{t('search.none', { words })}</p>
      <p class="quiet">{t('search.searched')}</p>
      <InstrumentsLink />
      <h2 id="near">{t('search.near')}</h2>
      {near.length === 0 && <p>{t('search.nearNone')}</p>}
      <ul class="plain-list">
        {near.map(({ id, href, text }) => (
          <li key={id}>
            <a href={href}>
              <Marked text={text} typed={[first, second].filter(Boolean)} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MIN_NEARNESS = 0.3;
const MAX_NEAR = 12;

const InstrumentsLink = () => (
  <p>
    <a href={writeAddress('search', { in: 'instruments' })}>{t('dataset.instruments')}</a>
  </p>
);

/** All legal acts, page by page: their titles have no index of words. */
function AllInstruments() {
  const list = useList(ReaderInstrumentsDocument, {}, (data) => data.instruments, { all: false });
  useRecordCounts({ 'dataset.instruments': countOf(list) });
  return (
    <>
      <ul class="plain-list">
        {list.nodes.map(({ id, symbol, title, adoptedOn }) => (
          <li key={id}>
            <a href={writeAddress('instrument', { id })}>
              <SafeText text={symbol} />
            </a>{' '}
            <span class="quiet small">
              <SafeText text={title} />, {dateText(adoptedOn)}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton list={list} what={t('dataset.instruments')} />
    </>
  );
}

/** All actors with the words, page by page. */
function AllActors({ words }: { words: string }) {
  const list = useList(ReaderFindActorsDocument, { words }, (data) => data.actors, { all: false });
  const typed = wordsOf(words);
  return (
    <>
      <p>
        <a href={writeAddress('search', { q: words })}>{t('search.all', { words })}</a>
      </p>
      <ul class="plain-list">
        {list.nodes.map(({ id, name, description, aliases }) => (
          <li key={id}>
            <a href={actorAddress(id)}>
              <Marked text={name} typed={typed} />
            </a>
            <span class="quiet small">
              {' '}
              <Marked
                text={[description, ...aliases.map(({ text }) => text).filter((text) => text !== name)]
                  .filter(Boolean)
                  .join(' · ')}
                typed={typed}
              />
            </span>
          </li>
        ))}
      </ul>
      <MoreButton list={list} what={t('search.actors')} />
    </>
  );
}
