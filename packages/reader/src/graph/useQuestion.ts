import { type AnswerError, ask, type TypedDocumentNode } from '@dossier/client';
import { useEffect, useState } from 'preact/hooks';
import { endpoint } from './endpoint.js';

/** A question on its way, its answer (whole or in part), or the reason why there is none. */
export interface Asked<TData> {
  state: 'asking' | 'answered' | 'failed';
  data: TData | null;
  errors: readonly AnswerError[];
  /** Why nothing could be had, in words. */
  failure: string | null;
  again: () => void;
}

type Told<TData> = Omit<Asked<TData>, 'again'>;

const ANSWERS_KEPT = 40;
const kept = new Map<string, Told<unknown>>();

const ASKING: Told<never> = { state: 'asking', data: null, errors: [], failure: null };

/** Only what came whole is kept: what was lost may be there the next time. */
function keep(key: string, told: Told<unknown>): void {
  if (told.state !== 'answered' || told.errors.length > 0) return;
  if (kept.size >= ANSWERS_KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, told);
}

async function put<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  signal: AbortSignal,
): Promise<Told<TData>> {
  const anything = document as TypedDocumentNode<TData, Record<string, unknown>>;
  try {
    const { data, errors } = await ask(endpoint(), anything, variables as Record<string, unknown>, { signal });
    if (data === null)
      return { state: 'failed', data, errors, failure: errors[0]?.message ?? 'The graph gave no answer.' };
    return { state: 'answered', data, errors, failure: null };
  } catch (error) {
    return {
      state: 'failed',
      data: null,
      errors: [],
      failure: error instanceof Error ? error.message : 'The graph could not be asked.',
    };
  }
}

/** Asks the graph. While another question is asked, the answer to the last one stays, so that nothing jumps. */
export function useQuestion<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): Asked<TData> {
  const key = keyOf(document, variables);
  const [{ of, ...told }, setTold] = useState<Told<TData> & { of: string }>(() => ({
    ...((kept.get(key) as Told<TData> | undefined) ?? ASKING),
    of: key,
  }));
  const [time, setTime] = useState(0);
  // The key stands for the question and its variables.
  useEffect(() => {
    const known = kept.get(key) as Told<TData> | undefined;
    if (known) {
      setTold({ ...known, of: key });
      return;
    }
    const abort = new AbortController();
    setTold((last) => ({ ...last, state: 'asking', of: key }));
    void put(document, variables, abort.signal).then((next) => {
      if (abort.signal.aborted) return;
      keep(key, next);
      setTold({ ...next, of: key });
    });
    return () => abort.abort();
  }, [key, time]);
  return { ...told, state: of === key ? told.state : 'asking', again: () => setTime((last) => last + 1) };
}

/** Names a question with its variables. */
export function keyOf<TData, TVariables>(
  { definitions: [definition] }: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): string {
  return `${definition?.kind === 'OperationDefinition' ? definition.name?.value : ''} ${JSON.stringify(variables)}`;
}
