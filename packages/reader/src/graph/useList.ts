import { type AnswerError, PageError, pages, type TypedDocumentNode } from '@dossier/client';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { countToShow, recordShown } from '../history.js';
import { endpoint } from './endpoint.js';
import { failureText } from './errors.js';
import { fetchAndKeepRevision } from './revision.js';
import { queryKey } from './useQuery.js';

/** A page of a list. */
interface PageOf<TNode> {
  totalCount: number;
  nodes: readonly TNode[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A list as far as it is loaded. */
export interface List<TNode> {
  state: 'loading' | 'partial' | 'complete' | 'failed';
  nodes: readonly TNode[];
  totalCount: number | null;
  errors: readonly AnswerError[];
  /** Why the rest could not be loaded, as text; null if nothing failed. */
  failure: string | null;
  /** Whether the graph has no such list, because the record that it belongs to does not exist. */
  isMissing: boolean;
  /** Loads the next page if `state` is partial. */
  more: () => void;
  retry: () => void;
}

type ListState<TNode> = Omit<List<TNode>, 'more' | 'retry'>;
const EMPTY: ListState<never> = {
  state: 'loading',
  nodes: [],
  totalCount: null,
  errors: [],
  failure: null,
  isMissing: false,
};

interface ListOptions {
  /** Loads all pages instead of one more with each call of `more`. */
  all?: boolean;
  /** No more than this many items are loaded at once, even with `all`. */
  max?: number;
  /** If false, no request is sent. */
  isNeeded?: boolean;
}

/** Whether a list has no first page, without an error: it belongs to a record that does not exist. */
export const isMissingList = ({ after, errors }: PageError): boolean => after === null && errors.length === 0;

/** How many items a list has in the graph; null if that is not known. */
export const countOf = ({ state, totalCount, isMissing }: List<unknown>): number | null =>
  state === 'loading' ? null : isMissing ? 0 : totalCount;

/**
 * Loads a list page by page: `all` pages at once, or one more with each call of `more`. Loaded pages stay if a later page fails. When
 * the reader returns to a page, as many items are loaded as were shown.
 */
export function useList<TData, TVariables extends { after?: string | null | undefined }, TNode>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  pick: (data: TData) => PageOf<TNode> | null | undefined,
  { all = true, max = Number.POSITIVE_INFINITY, isNeeded = true }: ListOptions = {},
): List<TNode> {
  const key = queryKey(document, variables);
  const [{ of, ...list }, setList] = useState<ListState<TNode> & { of: string }>({ ...EMPTY, of: key });
  const [attempt, setAttempt] = useState(0);
  const loadNext = useRef<(() => void) | null>(null);
  // The key represents the document and its variables. The request is sent before the page is painted.
  useLayoutEffect(() => {
    if (!isNeeded) return;
    const abort = new AbortController();
    const list = pages(endpoint(), document, variables, pick, {
      signal: abort.signal,
      fetch: fetchAndKeepRevision,
    });
    const wanted = countToShow(key);
    setList((last) => ({ ...last, state: 'loading', failure: null, of: key }));
    let first = true;
    let count = 0;
    const next = async (): Promise<void> => {
      try {
        const { value, done } = await list.next();
        if (abort.signal.aborted || done) return;
        const { page, errors } = value;
        const base = first ? EMPTY : null;
        first = false;
        count += page.nodes.length;
        const goesOn = count < wanted || (all && count < max);
        const state = !page.pageInfo.hasNextPage ? 'complete' : goesOn ? 'loading' : 'partial';
        recordShown(key, count);
        setList((last) => ({
          of: key,
          state,
          nodes: [...(base ?? last).nodes, ...page.nodes],
          totalCount: page.totalCount,
          errors: [...(base ?? last).errors, ...errors],
          failure: null,
          isMissing: false,
        }));
        if (state === 'loading') await next();
      } catch (error) {
        if (abort.signal.aborted) return;
        const errors = error instanceof PageError ? error.errors : [];
        const failure = failureText(error);
        setList((last) => ({
          ...(first ? EMPTY : last),
          of: key,
          state: 'failed',
          errors: [...(first ? [] : last.errors), ...errors],
          failure,
          isMissing: error instanceof PageError && isMissingList(error),
        }));
      }
    };
    loadNext.current = () => {
      setList((last) => ({ ...last, state: 'loading' }));
      void next();
    };
    void next();
    return () => {
      abort.abort();
      recordShown(key, null);
    };
  }, [key, attempt, isNeeded]);
  // After a change of variables, the previous list is shown while the new one is loading.
  const state = of === key ? list.state : 'loading';
  return { ...list, state, more: () => loadNext.current?.(), retry: () => setAttempt((last) => last + 1) };
}
