import { type AnswerError, ask, type TypedDocumentNode } from '@dossier/client';
import { useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.js';
import { endpoint } from './endpoint.js';
import { failureText } from './errors.js';
import { fetchAndKeepRevision } from './revision.js';

/** The state of a query: loading, its data with errors, or the reason of a failure. */
export interface QueryResult<TData> {
  state: 'loading' | 'loaded' | 'failed';
  data: TData | null;
  errors: readonly AnswerError[];
  /** Why it failed, as text; null if it did not. */
  failure: string | null;
  retry: () => void;
}

export type QueryState<TData> = Omit<QueryResult<TData>, 'retry'>;

const MAX_CACHED = 40;
const cache = new Map<string, QueryState<unknown>>();

/** Forgets all results, because the graph has changed. */
export const clearResults = (): void => cache.clear();

const LOADING: QueryState<never> = { state: 'loading', data: null, errors: [], failure: null };

/** Caches complete results only: what is missing may be available the next time. */
function cacheResult(key: string, result: QueryState<unknown>): void {
  if (result.state !== 'loaded' || result.errors.length > 0) return;
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, result);
}

/** Runs a query once, or returns its cached result. */
export async function runCached<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  signal: AbortSignal,
): Promise<QueryState<TData>> {
  const key = queryKey(document, variables);
  const known = cache.get(key) as QueryState<TData> | undefined;
  if (known) return known;
  const result = await runQuery(document, variables, signal);
  if (!signal.aborted) cacheResult(key, result);
  return result;
}

async function runQuery<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  signal: AbortSignal,
): Promise<QueryState<TData>> {
  const anything = document as TypedDocumentNode<TData, Record<string, unknown>>;
  try {
    const { data, errors } = await ask(endpoint(), anything, variables as Record<string, unknown>, {
      signal,
      fetch: fetchAndKeepRevision,
    });
    if (data === null) return { state: 'failed', data, errors, failure: errors[0]?.message ?? t('graph.noData') };
    return { state: 'loaded', data, errors, failure: null };
  } catch (error) {
    return {
      state: 'failed',
      data: null,
      errors: [],
      failure: failureText(error),
    };
  }
}

/**
 * Runs a query. While new variables are loading, the previous data stays, so that the page does not jump. If `isNeeded` is false, no
 * request is sent.
 */
export function useQuery<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  isNeeded = true,
): QueryResult<TData> {
  const key = queryKey(document, variables);
  const [{ of, ...result }, setResult] = useState<QueryState<TData> & { of: string }>(() => ({
    ...((cache.get(key) as QueryState<TData> | undefined) ?? LOADING),
    of: key,
  }));
  const [attempt, setAttempt] = useState(0);
  // The key represents the document and its variables. The request is sent before the page is painted.
  useLayoutEffect(() => {
    if (!isNeeded) return;
    const known = cache.get(key) as QueryState<TData> | undefined;
    if (known) {
      setResult({ ...known, of: key });
      return;
    }
    const abort = new AbortController();
    setResult((last) => ({ ...last, state: 'loading', of: key }));
    void runQuery(document, variables, abort.signal).then((next) => {
      if (abort.signal.aborted) return;
      cacheResult(key, next);
      setResult({ ...next, of: key });
    });
    return () => abort.abort();
  }, [key, attempt, isNeeded]);
  return { ...result, state: of === key ? result.state : 'loading', retry: () => setAttempt((last) => last + 1) };
}

/** How many records the data of a query has; null if that is not known. */
export const countIn = <TData>(
  { state, data, errors }: QueryResult<TData>,
  count: (data: TData) => number | undefined,
): number | null => (state === 'loaded' && data && errors.length === 0 ? (count(data) ?? 0) : null);

/** A cache key for an operation with its variables. */
export function queryKey<TData, TVariables>(
  { definitions: [definition] }: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): string {
  return `${definition?.kind === 'OperationDefinition' ? definition.name?.value : ''} ${JSON.stringify(variables)}`;
}
