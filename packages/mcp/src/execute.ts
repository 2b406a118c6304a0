import type { TypedDocumentNode } from '@dossier/client';
import { type DocumentNode, print } from 'graphql';
import { type CodedError, GraphError } from './graphError.js';

/** Executes an operation of the graph, under all limits that apply to the client. Never rejects for an error of the operation. */
export type ExecuteOperation = (request: {
  query: string;
  operationName: string;
  variables: Record<string, unknown>;
}) => Promise<{
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}>;

const texts = new WeakMap<DocumentNode, { query: string; operationName: string }>();

/** The text of an operation, which is the same for every call: the graph prepares it once. */
function textOf(document: DocumentNode): { query: string; operationName: string } {
  const known = texts.get(document);
  if (known) return known;
  const [operation] = document.definitions;
  const name = operation && 'name' in operation ? operation.name?.value : undefined;
  const text = { query: print(document), operationName: name ?? '' };
  texts.set(document, text);
  return text;
}

/**
 * Runs a typed operation. The errors of a partial response are added to `warnings`. Throws a GraphError without data, or if an argument is
 * invalid.
 */
export const operationRunner =
  (execute: ExecuteOperation, warnings: CodedError[]) =>
  async <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    const { data, errors = [] } = await execute({ ...textOf(document), variables });
    const coded = errors.map(({ message, extensions }) => ({
      code: String(extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR'),
      message,
    }));
    const invalid = coded.filter(({ code }) => code === 'BAD_USER_INPUT');
    if (invalid.length > 0) throw new GraphError(invalid);
    if (!data || (coded.length > 0 && Object.values(data).every((value) => value === null)))
      throw new GraphError(coded.length > 0 ? coded : [NO_DATA]);
    warnings.push(...coded);
    return data as Data;
  };

const NO_DATA: CodedError = { code: 'INTERNAL_SERVER_ERROR', message: 'The graph returned no data.' };
