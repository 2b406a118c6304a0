import { AssistantDocumentDocument, AssistantDocumentsDocument, AssistantParagraphsDocument } from '@dossier/client';
import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server';
import { GraphError } from './graphError.js';
import { documentUri, NO_PAGE, pageOf } from './present.js';
import { MAX_FIRST } from './schemas.js';
import type { ToolContext } from './tool.js';

const JSON_TYPE = 'application/json';
/** Documents per page of the list, and paragraphs per page of a text unless the URI has `first`. */
const DOCUMENTS_PER_PAGE = 50;
const PARAGRAPHS_PER_PAGE = 20;
const MAX_CURSOR = 2000;

const TEMPLATES = [
  {
    uriTemplate: 'dossier://documents/{document}',
    name: 'document',
    title: 'Document',
    description:
      'What is known about a document: publisher, date, digest, availability of the text, topics and cautions.',
    mimeType: JSON_TYPE,
  },
  {
    uriTemplate: 'dossier://documents/{document}/paragraphs{?first,after}',
    name: 'paragraphs',
    title: 'Paragraphs of a document',
    description: `The paragraphs of a document in pages of at most ${MAX_FIRST}: positions, statements, and the words where the text is available. "next" is the URI of the next page.`,
    mimeType: JSON_TYPE,
  },
];

/**
 * Serves the documents as resources: a list in pages, what is known about each document, and its paragraphs in pages, with their words where
 * the text is mounted. The handlers are set here because the SDK's registry lists all resources of a template at once, and matches no URI
 * without all of its parameters.
 */
export function serveResources({ server }: McpServer, contextOf: () => ToolContext): void {
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: TEMPLATES }));
  server.setRequestHandler('resources/list', ({ params }) =>
    withProtocolErrors(() => listDocuments(contextOf(), params?.cursor ?? null)),
  );
  server.setRequestHandler('resources/read', ({ params: { uri } }) =>
    withProtocolErrors(async () => {
      const [, document, hasParagraphs, query = ''] =
        /^dossier:\/\/documents\/([^/?#]{1,300})(?:(\/paragraphs)(?:\?([^#]*))?)?$/.exec(uri) ?? [];
      if (document === undefined) throw new ResourceNotFoundError(uri);
      const id = idOf(document);
      const content = hasParagraphs
        ? await readParagraphs(contextOf(), id, new URLSearchParams(query))
        : await readDocument(contextOf(), id);
      if (!content) throw new ResourceNotFoundError(uri);
      return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(content) }] };
    }),
  );
}

async function listDocuments({ run }: ToolContext, cursor: string | null) {
  if (cursor !== null && cursor.length > MAX_CURSOR) throw invalid('The cursor is too long.');
  const { documents } = await run(AssistantDocumentsDocument, { first: DOCUMENTS_PER_PAGE, after: cursor });
  const { nextCursor } = documents ? pageOf(documents) : NO_PAGE;
  return {
    resources: (documents?.nodes ?? []).map(({ id, title, publishedOn, availability }) => ({
      uri: documentUri(id),
      name: id,
      title,
      description: `Published: ${publishedOn.edtf}. Text: ${availability}.`,
      mimeType: JSON_TYPE,
    })),
    ...(nextCursor !== null && { nextCursor }),
  };
}

/** What is known about a document; null if it does not exist. */
async function readDocument({ run, supported }: ToolContext, id: string) {
  const { document, topics } = await run(AssistantDocumentDocument, { id });
  return document && { ...document, cautions: document.cautions.map(supported), topics };
}

/** A page of the paragraphs of a document; null if it does not exist. */
async function readParagraphs({ run, passage }: ToolContext, id: string, query: URLSearchParams) {
  const { first, after } = pageOfQuery(query);
  const { document, paragraphs } = await run(AssistantParagraphsDocument, { document: id, first, after });
  if (!document) return null;
  const { totalCount, nextCursor } = paragraphs ? pageOf(paragraphs) : NO_PAGE;
  return {
    document: id,
    availability: document.availability,
    paragraphs:
      paragraphs?.nodes.map(({ citation, ...paragraph }) => ({ ...paragraph, citation: passage(citation) })) ?? null,
    totalCount,
    next: nextCursor && `${documentUri(id)}/paragraphs?first=${first}&after=${encodeURIComponent(nextCursor)}`,
  };
}

/** The id of a document by its name in a URI. */
function idOf(name: string): string {
  try {
    return `document:${decodeURIComponent(name)}`;
  } catch {
    throw invalid('The URI is not percent-encoded UTF-8.');
  }
}

function pageOfQuery(query: URLSearchParams): { first: number; after: string | null } {
  const first = query.get('first');
  const after = query.get('after');
  const count = first === null ? PARAGRAPHS_PER_PAGE : Number(first);
  if (!Number.isInteger(count) || count < 1 || count > MAX_FIRST)
    throw invalid(`"first" in the URI is not valid; expected a whole number from 1 to ${MAX_FIRST}.`);
  if (after !== null && after.length > MAX_CURSOR) throw invalid('"after" in the URI is too long.');
  return { first: count, after };
}

/** Reading a resource has no result for errors, unlike a tool, so an error of the graph becomes a JSON-RPC error with its codes. */
async function withProtocolErrors<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const isInvalid = error.errors.every(({ code }) => code === 'BAD_USER_INPUT');
    throw new ProtocolError(
      isInvalid ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError,
      error.message,
      { errors: error.errors },
    );
  }
}

const invalid = (message: string) => new ProtocolError(ProtocolErrorCode.InvalidParams, message);
