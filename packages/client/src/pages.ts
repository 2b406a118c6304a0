import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type AnswerError, type AskOptions, ask } from './ask.js';

/** The part of a connection that pagination needs. */
interface Connection {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** One page, with the errors of its response. */
export interface Page<TConnection> {
  page: TConnection;
  errors: readonly AnswerError[];
}

/** A page that could not be loaded. The list has not ended; `after` is the cursor to resume from, null for the first page. */
export class PageError extends Error {
  readonly errors: readonly AnswerError[];
  readonly after: string | null;
  constructor(message: string, errors: readonly AnswerError[], after: string | null) {
    super(message);
    this.errors = errors;
    this.after = after;
  }
}

/**
 * The pages of a connection, each requested when the previous one has been consumed. `pick` returns the connection in the
 * data. Throws a PageError instead of ending early, so that a truncated list is never taken for the complete one.
 */
export async function* pages<
  TData,
  TVariables extends { after?: string | null | undefined },
  TConnection extends Connection,
>(
  url: string,
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  pick: (data: TData) => TConnection | null | undefined,
  options: AskOptions = {},
): AsyncGenerator<Page<TConnection>, void, undefined> {
  let after = variables.after ?? null;
  for (;;) {
    const { data, errors } = await ask<TData, { after?: string | null }>(
      url,
      document as TypedDocumentNode<TData, { after?: string | null }>,
      { ...variables, after },
      options,
    );
    const page = data && pick(data);
    if (!page) throw new PageError(errors[0]?.message ?? 'The response does not contain the list.', errors, after);
    yield { page, errors };
    if (!page.pageInfo.hasNextPage) return;
    const next = page.pageInfo.endCursor;
    if (next === null || next === after)
      throw new PageError('The list has a next page, but its end cursor does not advance.', errors, after);
    after = next;
  }
}
