import { type AnswerError, pages, type TypedDocumentNode } from '@dossier/client';
import { endpoint } from '../graph/endpoint.js';
import { fetchAndKeepRevision, revisionText } from '../graph/revision.js';
import type { MessageKey } from '../messages/messages.js';
import { type Columns, toCsv } from './csv.js';

type Params = Readonly<Record<string, string>>;

/** All records that an export reads, so that no click loads a whole archive into a browser. */
const MAX_RECORDS = 10_000;
const PAGE_SIZE = 100;

/** Records as they were loaded. */
export interface Loaded {
  nodes: readonly unknown[];
  totalCount: number;
  errors: readonly AnswerError[];
}

/** A table that a view is made of. */
export interface Dataset {
  /** Used in the name of the file. */
  name: string;
  title: MessageKey;
  /** Name of the operation that reads it. */
  operation: string;
  variables: (params: Params) => Record<string, unknown>;
  /** Loads all records, up to a limit. Rejects if a page is missing, so that a part is never taken for the whole. */
  load: (params: Params, signal: AbortSignal, onProgress: (count: number, total: number) => void) => Promise<Loaded>;
  csv: (nodes: readonly unknown[]) => string;
}

interface Connection<TNode> {
  totalCount: number;
  nodes: readonly TNode[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Variables of an operation that has pages. */
interface PageVariables {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** A list of the graph. */
interface Source<TNode> extends Pick<Dataset, 'operation' | 'variables'> {
  load: (...args: Parameters<Dataset['load']>) => Promise<Loaded & { nodes: readonly TNode[] }>;
}

/** A list of the graph, with the variables that the address of a view means. */
export function source<TData, TVariables extends PageVariables, TNode>(
  document: TypedDocumentNode<TData, TVariables>,
  pick: (data: TData) => Connection<TNode> | null | undefined,
  variables: (params: Params) => TVariables = () => ({}) as TVariables,
): Source<TNode> {
  const [operation] = document.definitions;
  return {
    operation: operation?.kind === 'OperationDefinition' ? (operation.name?.value ?? '') : '',
    variables: (params) => variables(params) as unknown as Record<string, unknown>,
    load: async (params, signal, onProgress) => {
      const nodes: TNode[] = [];
      const errors: AnswerError[] = [];
      let totalCount = 0;
      const options = { signal, fetch: fetchAndKeepRevision };
      const first = { ...variables(params), first: PAGE_SIZE };
      for await (const { page, errors: found } of pages(endpoint(), document, first, pick, options)) {
        nodes.push(...page.nodes);
        errors.push(...found);
        totalCount = page.totalCount;
        onProgress(nodes.length, totalCount);
        if (nodes.length >= MAX_RECORDS) break;
      }
      return { nodes, totalCount, errors };
    },
  };
}

/** A dataset with one row per record. */
export const dataset = <TNode>(
  name: string,
  title: MessageKey,
  from: Source<TNode>,
  columns: Columns<TNode>,
): Dataset => rowsDataset(name, title, from, (node) => [node], columns);

/** A dataset whose rows are parts of records. */
export const rowsDataset = <TNode, TRow>(
  name: string,
  title: MessageKey,
  from: Source<TNode>,
  rows: (node: TNode) => readonly TRow[],
  columns: Columns<TRow>,
): Dataset => ({ ...from, name, title, csv: (nodes) => toCsv(columns, (nodes as TNode[]).flatMap(rows)) });

/** Records as JSON, with the query and the revision that they are from. */
export const toJson = (
  { operation, variables }: Dataset,
  params: Params,
  { nodes, totalCount, errors }: Loaded,
): string =>
  JSON.stringify(
    {
      source: location.href,
      operation,
      variables: variables(params),
      revision: revisionText(),
      retrievedAt: new Date().toISOString(),
      totalCount,
      isComplete: nodes.length >= totalCount && errors.length === 0,
      ...(errors.length > 0 && { errors: errors.map(({ message, path }) => ({ message, path })) }),
      nodes,
    },
    null,
    2,
  );
