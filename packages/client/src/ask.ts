import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql/language/printer.js';

/** An error of a response: its path, and a code in `extensions` to act on. */
export interface AnswerError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string } & Record<string, unknown>;
}

/** Data and errors of a response. Both may be present: if a service is down, only its fields are null. */
export interface Answer<TData> {
  data: TData | null;
  errors: readonly AnswerError[];
}

export interface AskOptions {
  /** Replaces the global `fetch`. */
  fetch?: typeof globalThis.fetch;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Variables are optional if none is required. */
export type VariablesArgument<TVariables> =
  Record<string, never> extends TVariables
    ? [variables?: TVariables, options?: AskOptions]
    : [variables: TVariables, options?: AskOptions];

/**
 * Sends one operation with plain fetch. GraphQL errors are returned with the data; it throws only if the response is not a
 * GraphQL response (GraphQL over HTTP: https://graphql.github.io/graphql-over-http/draft/), or if fetch fails.
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
  if (!isGraphQLResponse<TData>(body))
    throw new Error(`${url} did not return a GraphQL response: HTTP ${response.status}.`);
  return { data: body.data ?? null, errors: body.errors ?? [] };
}

function isGraphQLResponse<TData>(body: unknown): body is { data?: TData | null; errors?: AnswerError[] } {
  return (
    typeof body === 'object' && body !== null && ('data' in body || ('errors' in body && Array.isArray(body.errors)))
  );
}
