import {
  type EventHitFragment,
  type FigureHitFragment,
  figureText,
  type ReaderSearchIndexQuery,
  type ReaderSearchQuery,
} from '@dossier/client';
import { actorAddress, passageAddress, writeAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { dateText } from '../parts/dates.js';
import { enumText, eventStatusText, shortId, topicText } from '../parts/labels.js';
import { FIGURE_WORDS } from '../parts/quantity.js';
import { hasWords, wordsOf } from './rank.js';

/** A result of a search, as a link. */
interface Hit {
  id: string;
  href: string;
  text: string;
  /** What it is, and where the words occur if `text` does not show it. */
  note: string;
  /** Words of the text that match; null if it is not available here. */
  excerpt: string | null;
}

/** Results of one kind. */
export interface HitGroup {
  key: 'actors' | 'statements' | 'documents' | 'events' | 'figures' | 'instruments' | 'topics';
  title: string;
  hits: Hit[];
  /** Where all are listed; empty if all are in `hits`. */
  all: HitLink[];
}

interface HitLink {
  href: string;
  text: string;
}

interface Named {
  id: string;
  name: string;
  description: string | null;
  aliases: readonly { text: string; lang: string | null }[];
}

/** The alias that matched, if the name did not. */
function matchingAlias({ name, aliases }: Named, typed: readonly string[]): string | null {
  if (hasWords(name, typed)) return null;
  const alias = aliases.find(({ text }) => hasWords(text, typed)) ?? aliases.find(({ text }) => hasAny(text, typed));
  return alias && alias.text !== name ? alias.text : null;
}

const hasAny = (text: string, typed: readonly string[]): boolean => typed.some((word) => hasWords(text, [word]));

const actorHit = (actor: Named & { kind?: string }, typed: readonly string[]): Hit => {
  const alias = matchingAlias(actor, typed);
  return {
    id: actor.id,
    href: actorAddress(actor.id),
    text: actor.name,
    note: [
      alias && t('search.alsoNamed', { name: alias }),
      actor.description ?? (actor.kind ? enumText(actor.kind) : t('view.place').toLowerCase()),
    ]
      .filter(Boolean)
      .join(' · '),
    excerpt: null,
  };
};

/** Results of a kind in the list of the search box, where it does not limit them itself. */
const MAX_LOCAL = 6;

const eventHit = (event: EventHitFragment, why: string): Hit => ({
  id: event.id,
  href: writeAddress('timeline', { event: event.id }),
  text: event.label,
  note: [eventStatusText(event.status), dateText(event.date), why].filter(Boolean).join(' · '),
  excerpt: null,
});

const figureHit = (figure: FigureHitFragment, why: string): Hit => {
  const sides = [figure.reporter, figure.partner].flatMap((actor) => (actor ? [actor.name] : []));
  return {
    id: figure.id,
    href: writeAddress('trade', { figure: figure.id }),
    text: `${figureText(figure, { words: FIGURE_WORDS }).text}, ${enumText(figure.flow)}, ${dateText(figure.period)}`,
    note: [sides.join(' – '), enumText(figure.measure), why].filter(Boolean).join(' · '),
    excerpt: null,
  };
};

/** Results without those that occur twice, those with all the words first. */
const ranked = (hits: readonly Hit[], typed: readonly string[]): Hit[] =>
  [...new Map(hits.toReversed().map((hit) => [hit.id, hit])).values()]
    .reverse()
    .sort((a, b) => Number(hasWords(b.text, typed)) - Number(hasWords(a.text, typed)));

/**
 * Neither events nor figures have an index of words. They are found by their kind, their goods and the words that stand for a number, and
 * with the actors, places and statements that were found.
 */
function recordsOf(found: ReaderSearchQuery | null, typed: readonly string[], max: number): HitGroup[] {
  const named = [...(found?.actors?.nodes ?? []), ...(found?.places?.nodes ?? [])];
  const said = (found?.statements?.edges ?? []).map(({ node }) => node);
  const ofStatement = (id: string): string => t('search.ofStatement', { id: shortId(id) });
  const ofActor = (name: string): string => t('search.ofActor', { name });
  const events = [
    ...(found?.ofKind?.nodes ?? []).map((event) => eventHit(event, t('search.ofKind'))),
    ...said.flatMap(({ id, events: all }) => all.flatMap((event) => (event ? [eventHit(event, ofStatement(id))] : []))),
    ...named.flatMap(({ name, events: list }) => (list?.nodes ?? []).map((event) => eventHit(event, ofActor(name)))),
  ];
  const traders = found?.actors?.nodes ?? [];
  const figures = [
    ...(found?.qualified?.nodes ?? []).map((figure) => figureHit(figure, '')),
    ...(found?.goods?.nodes ?? []).map((figure) => figureHit(figure, t('search.ofGoods'))),
    ...said.flatMap(({ id, tradeFigures }) => (tradeFigures ?? []).map((figure) => figureHit(figure, ofStatement(id)))),
    ...traders.flatMap(({ name, tradeFigures }) =>
      (tradeFigures?.nodes ?? []).map((figure) => figureHit(figure, ofActor(name))),
    ),
  ];
  return [
    {
      key: 'events',
      title: t('search.events'),
      hits: ranked(events, typed).slice(0, max),
      all: named.flatMap(({ id, name, events: list }) =>
        list && list.totalCount > list.nodes.length
          ? [{ href: actorAddress(id), text: t('search.allEvents', { count: list.totalCount, name }) }]
          : [],
      ),
    },
    {
      key: 'figures',
      title: t('search.figures'),
      hits: ranked(figures, typed).slice(0, max),
      all: traders.flatMap(({ id, name, tradeFigures }) =>
        tradeFigures && tradeFigures.totalCount > tradeFigures.nodes.length
          ? [
              {
                href: writeAddress('trade', { of: id }),
                text: t('search.allFigures', { count: tradeFigures.totalCount, name }),
              },
            ]
          : [],
      ),
    },
  ];
}

/** A link to all legal acts if more match than are listed, or if not all of them were compared with the words. */
function allInstruments(index: ReaderSearchIndexQuery | null, isCut: boolean): HitLink[] {
  const { totalCount = 0, nodes = [] } = index?.instruments ?? {};
  return isCut || totalCount > nodes.length
    ? [
        {
          href: writeAddress('search', { in: 'instruments' }),
          text: t('search.allInstruments', { count: totalCount }),
        },
      ]
    : [];
}

/** The results of a search by kind, without kinds that have none; at most `max` of those kinds whose limit the search does not set. */
export function groupsOf(
  words: string,
  found: ReaderSearchQuery | null,
  index: ReaderSearchIndexQuery | null,
  max = MAX_LOCAL,
): HitGroup[] {
  const typed = wordsOf(words);
  const actors = [...(found?.actors?.nodes ?? []), ...(found?.places?.nodes ?? [])].map((each) =>
    actorHit(each, typed),
  );
  const actorTotal = (found?.actors?.totalCount ?? 0) + (found?.places?.totalCount ?? 0);
  const statements = (found?.statements?.edges ?? []).map(({ node, matchedIn, matchedCitations }): Hit => {
    const passage = matchedCitations?.find(({ excerpt }) => excerpt) ?? matchedCitations?.[0];
    const isInPassage = matchedIn === 'PASSAGE' && passage !== undefined;
    return {
      id: node.id,
      href: isInPassage
        ? passageAddress(passage.id, { statement: node.id })
        : writeAddress('said', { statement: node.id }),
      text: node.summary,
      note: `${shortId(node.id)} · ${t(isInPassage ? 'search.inPassage' : 'search.inSummary')}`,
      excerpt: isInPassage ? (passage.excerpt ?? null) : null,
    };
  });
  const documents = (found?.documents?.edges ?? []).map(
    ({ node, matchedIn }): Hit => ({
      id: node.id,
      href: writeAddress('document', { document: node.id }),
      text: node.title,
      note: matchedIn === 'PASSAGE' ? t('search.inDocument') : hasWords(node.title, typed) ? '' : t('search.inClaims'),
      excerpt: null,
    }),
  );
  const instruments = (index?.instruments?.nodes ?? []).filter(
    ({ symbol, title }) => hasWords(symbol, typed) || hasWords(title, typed),
  );
  const exact = found?.exact;
  const acts = exact && !instruments.some(({ id }) => id === exact.id) ? [exact, ...instruments] : instruments;
  const topics = (index?.topics ?? []).filter(
    ({ topic }) => hasWords(topicText(topic), typed) || hasWords(topic, typed),
  );
  const groups: HitGroup[] = [
    {
      key: 'actors',
      title: t('search.actors'),
      hits: actors,
      all:
        actorTotal > actors.length
          ? [
              {
                href: writeAddress('search', { q: words, in: 'actors' }),
                text: t('search.allActors', { count: actorTotal }),
              },
            ]
          : [],
    },
    {
      key: 'statements',
      title: t('search.statements'),
      hits: statements,
      all:
        (found?.statements?.totalCount ?? 0) > 0
          ? [
              {
                href: writeAddress('said', { words }),
                text: t('search.allStatements', { count: found?.statements?.totalCount ?? 0 }),
              },
            ]
          : [],
    },
    {
      key: 'documents',
      title: t('search.documents'),
      hits: documents,
      all:
        (found?.documents?.totalCount ?? 0) > documents.length
          ? [
              {
                href: writeAddress('documents', { words }),
                text: t('search.allDocuments', { count: found?.documents?.totalCount ?? 0 }),
              },
            ]
          : [],
    },
    ...recordsOf(found, typed, max),
    {
      key: 'instruments',
      title: t('search.instruments'),
      hits: acts.slice(0, max).map(({ id, symbol, title }) => ({
        id,
        href: writeAddress('instrument', { id }),
        text: symbol,
        note: title,
        excerpt: null,
      })),
      all: allInstruments(index, acts.length > max),
    },
    {
      key: 'topics',
      title: t('search.topics'),
      hits: topics.slice(0, max).map(({ topic, statementCount }) => ({
        id: `topic ${topic}`,
        href: writeAddress('said', { topic }),
        text: topicText(topic),
        note: t('count.statements', { count: statementCount }),
        excerpt: null,
      })),
      all: [],
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}
