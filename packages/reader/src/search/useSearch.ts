import { ReaderSearchDocument, ReaderSearchIndexDocument } from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { useQuery } from '../graph/useQuery.js';
import { groupsOf, type HitGroup } from './hits.js';

/** The results for some words by kind, from one request for each search; none without words. */
export function useSearch(words: string, first = 4) {
  const found = useQuery(ReaderSearchDocument, { words, first }, words !== '');
  const index = useQuery(ReaderSearchIndexDocument, {}, words !== '');
  const groups = useMemo<HitGroup[]>(
    () => (words === '' || found.state === 'loading' ? [] : groupsOf(words, found.data, index.data)),
    [words, found.state, found.data, index.data],
  );
  return { groups, isLoading: found.state === 'loading', found, index };
}
