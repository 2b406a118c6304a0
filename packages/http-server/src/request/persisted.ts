import { getOwn, type ObjMap } from '@dossier/graphql';
import { FairStore } from '../connections/fairStore.js';
import { HttpError } from '../errors/httpError.js';
import { type GraphQLParams, isObject } from './params.js';
import { sha256, type TrustedDocuments } from './trustedDocuments.js';

/** Documents that clients left under their hash, and characters of all of them. */
const MAX_REMEMBERED = { entries: 1000, characters: 4 * 1024 * 1024 };
/** Characters of the hash or id of a document at most. */
const MAX_ID = 256;

export interface DocumentOptions {
  /** Documents that are known beforehand. */
  trusted?: TrustedDocuments;
  /** Whether nothing else is executed. */
  trustedOnly?: boolean;
}

/** Finds the document of a request: by its text, or by its hash (Apollo's persisted queries, version 1) or the id of a trusted document. */
export class PersistedDocuments {
  readonly #trusted: TrustedDocuments | undefined;
  readonly #trustedOnly: boolean;
  readonly #remembered = new FairStore(MAX_REMEMBERED);

  constructor({ trusted, trustedOnly = false }: DocumentOptions) {
    this.#trusted = trusted;
    this.#trustedOnly = trustedOnly;
  }

  /** The text of the document. Throws a HttpError if there is none, or if it may not be executed. */
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
        'The hash at extensions.persistedQuery.sha256Hash is not that of the document; expected its SHA-256, in 64 lowercase hexadecimal digits.',
      );
    }
    if (this.#trustedOnly && !this.#trusted?.has(source)) throw new HttpError('DOCUMENT_NOT_TRUSTED');
    return source;
  }

  /** Remembers a document that a client sent together with its hash, once it proved valid. */
  remember({ query, extensions }: GraphQLParams, source: string, clientOf: () => string): void {
    const hash = query === null || this.#trustedOnly ? null : hashOf(extensions);
    if (hash !== null) this.#remembered.set(hash, source, clientOf());
  }

  #byHash(hash: string): string {
    const source = this.#trusted?.find(hash) ?? this.#remembered.get(hash);
    // Apollo Client recognizes these words.
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
  if (!isObject(persisted) || getOwn(persisted, 'version') !== 1)
    throw new HttpError(
      'PERSISTED_QUERY_INVALID',
      'The version at extensions.persistedQuery.version is not known; expected 1.',
    );
  const hash = getOwn(persisted, 'sha256Hash');
  if (typeof hash !== 'string' || hash.length > MAX_ID)
    throw new HttpError(
      'PERSISTED_QUERY_INVALID',
      'There is no hash at extensions.persistedQuery.sha256Hash; expected text.',
    );
  return hash;
}
