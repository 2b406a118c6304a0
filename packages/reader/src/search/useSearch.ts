import { ReaderSearchDocument, ReaderSearchIndexDocument } from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { useQuery } from '../graph/useQuery.js';
import { t } from '../messages/messages.js';
import { groupsOf, type HitGroup } from './hits.js';
import { kindsNamed } from './kinds.js';

/** The results for some words by kind, from one request for each search; none without words. */
export function useSearch(words: string, { first = 4, max }: { first?: number; max?: number } = {}) {
  const { eventKinds, qualifiers } = kindsNamed(words);
  const found = useQuery(
    ReaderSearchDocument,
    {
      words,
      first,
      ...(eventKinds && { eventKinds, hasEventKinds: true }),
      ...(qualifiers && { qualifiers, hasQualifiers: true }),
    },
    words !== '',
  );
  const index = useQuery(ReaderSearchIndexDocument, {}, words !== '');
  const isLoading = words !== '' && (found.state === 'loading' || index.state === 'loading');
  const groups = useMemo<HitGroup[]>(
    () => (words === '' || isLoading ? [] : groupsOf(words, found.data, index.data, max)),
    [words, isLoading, found.data, index.data],
  );
  return { groups, isLoading, found, index };
}

/** How many results are shown, for a screen reader. */
export const summaryOf = (groups: readonly HitGroup[]): string =>
  t('search.shown', { count: groups.reduce((sum, { hits }) => sum + hits.length, 0) });
