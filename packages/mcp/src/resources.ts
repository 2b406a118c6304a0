import { AssistantDocumentDocument, AssistantDocumentsDocument, AssistantParagraphsDocument } from '@dossier/client';
import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceTemplate } from '@modelcontextprotocol/server';
import { GraphError } from './graphError.js';
import { documentUri, NO_PAGE, pageOf } from './present.js';
import { MAX_FIRST } from './schemas.js';
import type { ToolContext } from './tool.js';

const JSON_TYPE = 'application/json';
/** Documents per page of the list, and paragraphs per page of a text unless the URI has `first`. */
const DOCUMENTS_PER_PAGE = 50;
const PARAGRAPHS_PER_PAGE = 20;
const MAX_PARAMETER = 2000;

/**
 * Registers the documents as resources: a list in pages, what is known of each document, and its paragraphs in pages, with their
 * words where the text is mounted.
 */
export function registerResources(server: McpServer, contextOf: () => ToolContext): void {
  server.registerResource(
    'document',
    new ResourceTemplate('dossier://documents/{document}', { list: undefined }),
    {
      title: 'Document',
      description: 'What is known of a document: publisher, date, digest, availability of the text, topics and cautions.',
      mimeType: JSON_TYPE,
    },
    (uri, { document }) =>
      readJson(uri, async () => {
        const { run, supported } = contextOf();
        const data = await run(AssistantDocumentDocument, { id: idOf(document) });
        if (!data.document) throw notFound(uri);
        const { cautions, ...rest } = data.document;
        return { ...rest, cautions: cautions.map(supported), topics: data.topics };
      }),
  );
  const readParagraphs = (uri: URL, { document }: { document?: string | string[] }) =>
    readJson(uri, async () => {
      const { run, passage } = contextOf();
      const id = idOf(document);
      const { first, after } = pageOfUri(uri);
      const data = await run(AssistantParagraphsDocument, { document: id, first, after });
      if (!data.document) throw notFound(uri);
      const { paragraphs } = data;
      const { totalCount, nextCursor } = paragraphs ? pageOf(paragraphs) : NO_PAGE;
      return {
        document: id,
        availability: data.document.availability,
        paragraphs: (paragraphs?.nodes ?? []).map(({ citation, ...paragraph }) => ({
          ...paragraph,
          citation: passage(citation),
        })),
        totalCount,
        next: nextCursor && `${documentUri(id)}/paragraphs?first=${first}&after=${encodeURIComponent(nextCursor)}`,
      };
    });
  const paragraphs = {
    title: 'Paragraphs of a document',
    description: `The paragraphs of a document in pages of at most ${MAX_FIRST}: positions, statements, and the words where the text is available. "next" is the URI of the next page.`,
    mimeType: JSON_TYPE,
  };
  const path = 'dossier://documents/{document}/paragraphs';
  server.registerResource('paragraphs', new ResourceTemplate(path, { list: undefined }), paragraphs, readParagraphs);
  server.registerResource(
    'paragraphs-page',
    new ResourceTemplate(`${path}{?first,after}`, { list: undefined }),
    paragraphs,
    readParagraphs,
  );
  // The SDK lists all resources of a template at once; an archive has too many for that.
  server.server.setRequestHandler('resources/list', async ({ params }) =>
    withProtocolErrors(async () => {
      const after = params?.cursor ?? null;
      if (after !== null && after.length > MAX_PARAMETER) throw invalid('The cursor is too long.');
      const { documents } = await contextOf().run(AssistantDocumentsDocument, { first: DOCUMENTS_PER_PAGE, after });
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
    }),
  );
}

const idOf = (name: string | string[] | undefined): string => `document:${decodeURIComponent(String(name))}`;

function pageOfUri({ searchParams }: URL): { first: number; after: string | null } {
  const first = searchParams.get('first');
  const after = searchParams.get('after');
  const count = first === null ? PARAGRAPHS_PER_PAGE : Number(first);
  if (!Number.isInteger(count) || count < 1 || count > MAX_FIRST)
    throw invalid(`"first" in the URI is not valid; expected a whole number from 1 to ${MAX_FIRST}.`);
  if (after !== null && after.length > MAX_PARAMETER) throw invalid('"after" in the URI is too long.');
  return { first: count, after };
}

const readJson = (uri: URL, read: () => Promise<unknown>) =>
  withProtocolErrors(async () => ({
    contents: [{ uri: uri.href, mimeType: JSON_TYPE, text: JSON.stringify(await read()) }],
  }));

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
const notFound = (uri: URL) =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, `No document has the URI ${uri.href}.`, { uri: uri.href });
