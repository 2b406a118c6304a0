import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type AnswerError, type AskOptions, ask } from './ask.js';

/** Of any connection, as much as turning its pages takes. */
interface Connection {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** One page as it was asked for, with the errors that came with it. */
export interface Page<TConnection> {
  page: TConnection;
  errors: readonly AnswerError[];
}

/** A page that could not be had: the list is not at its end, and `after` is where to go on. */
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
 * The pages of a connection, each asked for when the one before has been used. `pick` finds the connection in the
 * answer. It throws a PageError rather than end early, so that a list cut short is never taken for the whole.
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
    if (!page) throw new PageError(errors[0]?.message ?? 'There is no such list.', errors, after);
    yield { page, errors };
    if (!page.pageInfo.hasNextPage) return;
    const next = page.pageInfo.endCursor;
    if (next === null || next === after)
      throw new PageError('The list goes on, but names no cursor to go on from.', errors, after);
    after = next;
  }
}
