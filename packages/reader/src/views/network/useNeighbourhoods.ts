import { ReaderNeighbourhoodDocument, type ReaderNeighbourhoodQuery } from '@dossier/client';
import { useLayoutEffect, useState } from 'preact/hooks';
import { type QueryState, runCached } from '../../graph/useQuery.js';

export type Neighbourhood = QueryState<ReaderNeighbourhoodQuery>;

const LOADING: Neighbourhood = { state: 'loading', data: null, errors: [], failure: null };

/** The ties of some actors, one request for each. */
export function useNeighbourhoods(ids: readonly string[]): { id: string; result: Neighbourhood; retry: () => void }[] {
  const [results, setResults] = useState<ReadonlyMap<string, Neighbourhood>>(new Map());
  const [attempt, setAttempt] = useState(0);
  useLayoutEffect(() => {
    const abort = new AbortController();
    for (const id of ids)
      void runCached(ReaderNeighbourhoodDocument, { id }, abort.signal).then((result) => {
        if (!abort.signal.aborted) setResults((last) => new Map(last).set(id, result));
      });
    return () => abort.abort();
  }, [ids.join(), attempt]);
  const retry = () => setAttempt((last) => last + 1);
  return ids.map((id) => ({ id, result: results.get(id) ?? LOADING, retry }));
}
