import type { ReaderSearchIndexQuery, ReaderSearchQuery } from '@dossier/client';
import { actorAddress, passageAddress, writeAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { enumText, shortId, topicText } from '../parts/labels.js';
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
  key: 'actors' | 'statements' | 'documents' | 'instruments' | 'topics';
  title: string;
  hits: Hit[];
  /** How many there are; null if all are in `hits`. */
  total: number | null;
  /** Where all are listed; null if all are in `hits`. */
  all: { href: string; text: string } | null;
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

const MAX_LOCAL = 6;

/** The results of a search by kind, without kinds that have none. */
export function groupsOf(
  words: string,
  found: ReaderSearchQuery | null,
  index: ReaderSearchIndexQuery | null,
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
      note: matchedIn === 'PASSAGE' ? t('search.inDocument') : '',
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
      total: actorTotal,
      all:
        actorTotal > actors.length
          ? {
              href: writeAddress('search', { q: words, in: 'actors' }),
              text: t('search.allActors', { count: actorTotal }),
            }
          : null,
    },
    {
      key: 'statements',
      title: t('search.statements'),
      hits: statements,
      total: found?.statements?.totalCount ?? 0,
      all:
        (found?.statements?.totalCount ?? 0) > 0
          ? {
              href: writeAddress('said', { words }),
              text: t('search.allStatements', { count: found?.statements?.totalCount ?? 0 }),
            }
          : null,
    },
    {
      key: 'documents',
      title: t('search.documents'),
      hits: documents,
      total: found?.documents?.totalCount ?? 0,
      all:
        (found?.documents?.totalCount ?? 0) > documents.length
          ? {
              href: writeAddress('documents', { words }),
              text: t('search.allDocuments', { count: found?.documents?.totalCount ?? 0 }),
            }
          : null,
    },
    {
      key: 'instruments',
      title: t('search.instruments'),
      hits: acts.slice(0, MAX_LOCAL).map(({ id, symbol, title }) => ({
        id,
        href: writeAddress('instrument', { id }),
        text: symbol,
        note: title,
        excerpt: null,
      })),
      total: null,
      all: null,
    },
    {
      key: 'topics',
      title: t('search.topics'),
      hits: topics.slice(0, MAX_LOCAL).map(({ topic, statementCount }) => ({
        id: `topic ${topic}`,
        href: writeAddress('said', { topic }),
        text: topicText(topic),
        note: t('count.statements', { count: statementCount }),
        excerpt: null,
      })),
      total: null,
      all: null,
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}
