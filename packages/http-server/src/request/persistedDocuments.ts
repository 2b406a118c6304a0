import { getOwn, isObjectLike, type ObjMap } from '@dossier/graphql';
import { FairCache } from '../cache/fairCache.js';
import { HttpError } from '../errors/httpError.js';
import type { GraphQLParams } from './params.js';
import { sha256, type TrustedDocuments } from './trustedDocuments.js';

/** Limits of the documents that clients registered with their hash. */
const MAX_REGISTERED = { entries: 1000, characters: 4 * 1024 * 1024 };
/** Maximum length of the hash or id of a document in characters. */
const MAX_ID = 256;
/** GraphQL over HTTP, appendix "Persisted Documents": https://github.com/graphql/graphql-over-http */
const HASH_PREFIX = 'sha256:';

export interface DocumentOptions {
  /** Documents that clients may request by id. */
  trusted?: TrustedDocuments;
  /** Whether only trusted documents are executed; false by default. */
  trustedOnly?: boolean;
}

/**
 * Finds the document of a request: its text, its hash (Apollo's automatic persisted queries, version 1), or the id of a persisted
 * document ("documentId" of the GraphQL over HTTP proposal). The id is that of the manifest, or a hash with or without `sha256:`.
 */
export class PersistedDocuments {
  readonly #trusted: TrustedDocuments | undefined;
  readonly #trustedOnly: boolean;
  readonly #registered = new FairCache(MAX_REGISTERED);

  constructor({ trusted, trustedOnly = false }: DocumentOptions) {
    this.#trusted = trusted;
    this.#trustedOnly = trustedOnly;
  }

  /** The text of the document. Throws an HttpError if it is unknown or may not be executed. */
  find({ query, documentId, extensions }: GraphQLParams): string {
    const hash = hashOf(extensions);
    const id = documentId === null ? null : parseDocumentId(documentId);
    const source = query ?? this.#persisted(id, hash);
    if (query !== null && id !== null && sha256(query) !== id && this.#trusted?.find(id) !== query) {
      throw new HttpError(
        'PERSISTED_QUERY_INVALID',
        'The "documentId" of the request is not that of the document in "query"; expected only one of them, or the SHA-256 of the document.',
      );
    }
    if (query !== null && hash !== null && sha256(query) !== hash) {
      throw new HttpError(
        'PERSISTED_QUERY_INVALID',
        'The hash at extensions.persistedQuery.sha256Hash is not the hash of the document; expected its SHA-256, in 64 lowercase hexadecimal digits.',
      );
    }
    if (this.#trustedOnly && !this.#trusted?.has(source)) throw new HttpError('DOCUMENT_NOT_TRUSTED');
    return source;
  }

  /** Registers a valid document that a client sent with its hash. */
  register({ query, extensions }: GraphQLParams, source: string, clientOf: () => string): void {
    const hash = query === null || this.#trustedOnly ? null : hashOf(extensions);
    if (hash !== null) this.#registered.set(hash, source, clientOf());
  }

  #persisted(id: string | null, hash: string | null): string {
    const key = id ?? hash;
    if (key === null)
      throw new HttpError(
        'BAD_REQUEST',
        'The request has no document; expected the text of one in "query", or the id or hash of a persisted one in "documentId" or "extensions".',
      );
    const source = this.#byKey(key);
    if (id !== null && hash !== null && id !== hash && (source === undefined || this.#byKey(hash) !== source))
      throw new HttpError(
        'PERSISTED_QUERY_INVALID',
        'The "documentId" of the request and the hash at extensions.persistedQuery.sha256Hash name different documents; expected one of them, or both of the same document.',
      );
    if (source !== undefined) return source;
    if (this.#trustedOnly) throw new HttpError('DOCUMENT_NOT_TRUSTED');
    // Apollo Client recognizes the message for a hash.
    throw new HttpError('PERSISTED_QUERY_NOT_FOUND', id === null ? 'PersistedQueryNotFound' : undefined);
  }

  #byKey(key: string): string | undefined {
    return this.#trusted?.find(key) ?? this.#registered.get(key);
  }
}

/** The key of a persisted document: an id without the prefix of a hash. */
function parseDocumentId(documentId: string): string {
  if (documentId.length > MAX_ID)
    throw new HttpError(
      'PERSISTED_QUERY_INVALID',
      `The "documentId" of the request is too long; expected at most ${MAX_ID} characters.`,
    );
  if (!documentId.startsWith(HASH_PREFIX)) return documentId;
  const hash = documentId.slice(HASH_PREFIX.length);
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new HttpError(
      'PERSISTED_QUERY_INVALID',
      `The "documentId" of the request is not a valid hash; expected "${HASH_PREFIX}" and 64 lowercase hexadecimal digits.`,
    );
  return hash;
}

function hashOf(extensions: ObjMap): string | null {
  const persisted = extensions['persistedQuery'];
  if (persisted === undefined || persisted === null) return null;
  if (!isObjectLike(persisted) || getOwn(persisted, 'version') !== 1)
    throw new HttpError(
      'PERSISTED_QUERY_INVALID',
      'The version at extensions.persistedQuery.version is not supported; expected 1.',
    );
  const hash = getOwn(persisted, 'sha256Hash');
  if (typeof hash !== 'string' || hash.length > MAX_ID)
    throw new HttpError(
      'PERSISTED_QUERY_INVALID',
      'Missing hash at extensions.persistedQuery.sha256Hash; expected a string.',
    );
  return hash;
}
