import { getOwn, isObjectLike, type ObjMap } from '@dossier/graphql';
import { FairCache } from '../cache/fairCache.js';
import { HttpError } from '../errors/httpError.js';
import type { GraphQLParams } from './params.js';
import { sha256, type TrustedDocuments } from './trustedDocuments.js';

/** Limits of the documents that clients registered with their hash. */
const MAX_REGISTERED = { entries: 1000, characters: 4 * 1024 * 1024 };
/** Maximum length of the hash or id of a document in characters. */
const MAX_ID = 256;

export interface DocumentOptions {
  /** Documents that clients may request by id. */
  trusted?: TrustedDocuments;
  /** Whether only trusted documents are executed; false by default. */
  trustedOnly?: boolean;
}

/**
 * Finds the document of a request: its text, its hash (Apollo's automatic persisted queries, version 1), or the id of a trusted
 * document.
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
  find({ query, extensions }: GraphQLParams): string {
    const hash = hashOf(extensions);
    if (query === null && hash === null)
      throw new HttpError(
        'BAD_REQUEST',
        'The request has no document; expected the text of one in "query", or the hash of a persisted one in "extensions".',
      );
    const source = query ?? this.#byHash(hash as string);
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

  #byHash(hash: string): string {
    const source = this.#trusted?.find(hash) ?? this.#registered.get(hash);
    // Apollo Client recognizes this message.
    if (source === undefined)
      throw this.#trustedOnly
        ? new HttpError('DOCUMENT_NOT_TRUSTED')
        : new HttpError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return source;
  }
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
