import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql/language/printer.js';

/** An error of the graph: where it struck, and a code to act on. */
export interface AnswerError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string } & Record<string, unknown>;
}

/** What came, and what did not. Both may be there at once: one service down costs its own fields and no others. */
export interface Answer<TData> {
  data: TData | null;
  errors: readonly AnswerError[];
}

export interface AskOptions {
  /** In place of the global one. */
  fetch?: typeof globalThis.fetch;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Variables may be left out where none is required. */
export type VariablesArgument<TVariables> =
  Record<string, never> extends TVariables
    ? [variables?: TVariables, options?: AskOptions]
    : [variables: TVariables, options?: AskOptions];

/**
 * Asks one question by plain fetch. Errors of the graph come back beside the data; it throws only where no answer of a
 * graph came at all.
 */
export async function ask<TData, TVariables>(
  url: string,
  document: TypedDocumentNode<TData, TVariables>,
  ...[variables, options = {}]: VariablesArgument<TVariables>
): Promise<Answer<TData>> {
  const fetch = options.fetch ?? globalThis.fetch;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      ...options.headers,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: print(document), variables }),
    ...(options.signal && { signal: options.signal }),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!isGraphQLResponse<TData>(body)) throw new Error(`${url} gave no answer of a graph: HTTP ${response.status}.`);
  return { data: body.data ?? null, errors: body.errors ?? [] };
}

function isGraphQLResponse<TData>(body: unknown): body is { data?: TData | null; errors?: AnswerError[] } {
  return (
    typeof body === 'object' && body !== null && ('data' in body || ('errors' in body && Array.isArray(body.errors)))
  );
}
