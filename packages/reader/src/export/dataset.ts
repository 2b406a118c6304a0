import { type AnswerError, ask, PageError, pages, type TypedDocumentNode } from '@dossier/client';
import { endpoint } from '../graph/endpoint.js';
import { fetchAndKeepRevision, revisionText } from '../graph/revision.js';
import { visibleJson } from '../parts/escapeInvisible.js';
import { type Columns, csvLines } from './csv.js';
import type { DatasetTitle } from './recordCounts.js';

export type Params = Readonly<Record<string, string>>;

/** All records that an export reads, so that no click loads a whole archive into a browser. */
export const MAX_RECORDS = 10_000;
const PAGE_SIZE = 100;

/** Records as they were loaded. */
export interface Loaded {
  nodes: readonly unknown[];
  /** How many records were read, of how many: the nodes themselves, or what they were made of. */
  readCount: number;
  totalCount: number;
  errors: readonly AnswerError[];
}

/** Whether all records were read, with all of their fields. */
const isComplete = ({ readCount, totalCount, errors }: Loaded): boolean =>
  readCount >= totalCount && errors.length === 0;

/** A table that a view is made of. */
export interface Dataset {
  /** Used in the name of the file. */
  name: string;
  title: DatasetTitle;
  /** Name of the operation that reads it. */
  operation: string;
  variables: (params: Params) => Record<string, unknown>;
  /** Loads all records, up to a limit. Rejects if a page is missing, so that a part is never taken for the whole. */
  load: (params: Params, signal: AbortSignal, onProgress: (count: number, total: number) => void) => Promise<Loaded>;
  table: (nodes: readonly unknown[], params: Params) => Table;
}

/** Records as rows; a record may have none, or several. */
export interface Table {
  rowCount: number;
  /** The table as CSV, in parts. */
  csv: () => Iterable<string>;
}

export const tableOf = <TRow>(columns: Columns<TRow>, rows: readonly TRow[]): Table => ({
  rowCount: rows.length,
  csv: () => csvLines(columns, rows),
});

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

/** Where the records of a dataset come from. */
export interface Source<TNode> extends Pick<Dataset, 'operation' | 'variables'> {
  load: (...args: Parameters<Dataset['load']>) => Promise<Loaded & { nodes: readonly TNode[] }>;
}

export const operationName = <TData, TVariables>({
  definitions: [definition],
}: TypedDocumentNode<TData, TVariables>): string =>
  definition?.kind === 'OperationDefinition' ? (definition.name?.value ?? '') : '';

type OnProgress = Parameters<Dataset['load']>[2];

/** Reads a list of the graph page by page, no more than `max` items. */
export async function readList<TData, TVariables extends PageVariables, TNode>(
  document: TypedDocumentNode<TData, TVariables>,
  pick: (data: TData) => Connection<TNode> | null | undefined,
  variables: TVariables,
  signal: AbortSignal,
  onProgress: OnProgress,
  max = MAX_RECORDS,
): Promise<Loaded & { nodes: readonly TNode[] }> {
  const nodes: TNode[] = [];
  const errors: AnswerError[] = [];
  let totalCount = 0;
  const options = { signal, fetch: fetchAndKeepRevision };
  for await (const { page, errors: found } of pages(
    endpoint(),
    document,
    { ...variables, first: Math.min(PAGE_SIZE, max) },
    pick,
    options,
  )) {
    nodes.push(...page.nodes);
    errors.push(...found);
    totalCount = page.totalCount;
    onProgress(nodes.length, totalCount);
    if (nodes.length >= max) break;
  }
  return { nodes, readCount: nodes.length, totalCount, errors };
}

/** A list of the graph, with the variables that the address of a view means. */
export const source = <TData, TVariables extends PageVariables, TNode>(
  document: TypedDocumentNode<TData, TVariables>,
  pick: (data: TData) => Connection<TNode> | null | undefined,
  variables: (params: Params) => TVariables = () => ({}) as TVariables,
): Source<TNode> => ({
  operation: operationName(document),
  variables: (params) => variables(params) as unknown as Record<string, unknown>,
  load: (params, signal, onProgress) => readList(document, pick, variables(params), signal, onProgress),
});

/** Reads records by one operation without pages. Rejects if it has no data. */
export async function readOnce<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  signal: AbortSignal,
): Promise<{ data: TData; errors: readonly AnswerError[] }> {
  const anything = document as TypedDocumentNode<TData, Record<string, unknown>>;
  const options = { signal, fetch: fetchAndKeepRevision };
  const { data, errors } = await ask(endpoint(), anything, variables as Record<string, unknown>, options);
  if (data === null) throw new PageError(errors[0]?.message ?? 'The response has no data.', errors, null);
  return { data, errors };
}

/** Records that one operation returns without pages. */
export const recordSource = <TData, TVariables, TNode>(
  document: TypedDocumentNode<TData, TVariables>,
  pick: (data: TData) => readonly TNode[],
  variables: (params: Params) => TVariables,
): Source<TNode> => ({
  operation: operationName(document),
  variables: (params) => variables(params) as unknown as Record<string, unknown>,
  load: async (params, signal, onProgress) => {
    const { data, errors } = await readOnce(document, variables(params), signal);
    const nodes = pick(data);
    onProgress(nodes.length, nodes.length);
    return { nodes, readCount: nodes.length, totalCount: nodes.length, errors };
  },
});

/** A dataset with one row per record. */
export const dataset = <TNode>(
  name: string,
  title: DatasetTitle,
  from: Source<TNode>,
  columns: Columns<TNode>,
): Dataset => rowsDataset(name, title, from, (node) => [node], columns);

/** A dataset whose rows are parts of records. */
export const rowsDataset = <TNode, TRow>(
  name: string,
  title: DatasetTitle,
  from: Source<TNode>,
  rows: (node: TNode, params: Params) => readonly TRow[],
  columns: Columns<TRow>,
): Dataset => ({
  ...from,
  name,
  title,
  table: (nodes, params) =>
    tableOf(
      columns,
      (nodes as TNode[]).flatMap((node) => rows(node, params)),
    ),
});

/** Records as JSON, in parts, with the query and the revision that they are from. */
export function* jsonParts({ operation, variables }: Dataset, params: Params, loaded: Loaded): Generator<string> {
  const { nodes, totalCount, errors } = loaded;
  const about = visibleJson({
    source: location.href,
    operation,
    variables: variables(params),
    revision: revisionText(),
    retrievedAt: new Date().toISOString(),
    totalCount,
    isComplete: isComplete(loaded),
    ...(errors.length > 0 && { errors: errors.map(({ message, path }) => ({ message, path })) }),
  });
  yield `${about.slice(0, about.lastIndexOf('\n}'))},\n  "nodes": [`;
  // A line break is between values: within a text it is escaped.
  for (const [index, node] of nodes.entries())
    yield `${index === 0 ? '' : ','}\n    ${visibleJson(node).replaceAll('\n', '\n    ')}`;
  yield '\n  ]\n}';
}

/** What a file does not have, as a part of its name, because a table has no place to say it; empty if it is complete. */
export const cutIn = ({ readCount, totalCount, errors }: Loaded): string =>
  [
    ...(readCount < totalCount ? [`-first-${readCount}-of-${totalCount}`] : []),
    ...(errors.length > 0 ? ['-partial'] : []),
  ].join('');
