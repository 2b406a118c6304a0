import { keptByText } from '@dossier/limits';
import { type Asked, isObject } from './asked.js';
import { RequestFault } from './faults.js';
import { sha256, type TrustedDocuments } from './trustedDocuments.js';

/** Documents that clients left under their hash: texts alone, so that there may be more of them. */
const LEFT = { most: 1000, characters: 4 * 1024 * 1024 };

export interface DocumentOptions {
  /** Documents that are known beforehand. */
  trusted?: TrustedDocuments;
  /** Whether nothing else is run. */
  trustedOnly?: boolean;
}

/** Finds the document that a request asks for: by its text, or by its hash (Apollo's persisted queries, version 1). */
export class PersistedDocuments {
  readonly #trusted: TrustedDocuments | undefined;
  readonly #trustedOnly: boolean;
  readonly #left = keptByText<string>({ ...LEFT, lengthOf: ({ length }) => length });

  constructor({ trusted, trustedOnly = false }: DocumentOptions) {
    this.#trusted = trusted;
    this.#trustedOnly = trustedOnly;
  }

  /** The request with its document as text, without its hash; as it is where it has none. Throws a RequestFault where there is no such document. */
  resolve(asked: Asked): Asked {
    const hash = hashOf(asked.extensions);
    if (hash === null) {
      if (typeof asked.query === 'string') this.#needTrust(asked.query);
      return asked;
    }
    const { extensions, ...rest } = asked;
    return { ...rest, query: this.#find(hash, asked.query), ...withoutHash(extensions) };
  }

  /** Keeps a document that a client sent together with its hash. */
  keep({ extensions }: Asked, source: string): void {
    const hash = hashOf(extensions);
    if (hash !== null && !this.#trustedOnly && !this.#left.has(hash)) this.#left.set(hash, source);
  }

  #find(hash: string, query: unknown): string {
    if (typeof query === 'string' && query !== '') {
      if (sha256(query) !== hash)
        throw new RequestFault('PERSISTED_QUERY_INVALID', 'The hash at extensions.persistedQuery.sha256Hash is not that of the document; expected its SHA-256, in 64 small hexadecimal digits.');
      this.#needTrust(query);
      return query;
    }
    const source = this.#trusted?.find(hash) ?? this.#left.get(hash);
    // Clients of Apollo's know it by these words.
    if (source === undefined) throw this.#trustedOnly ? new RequestFault('DOCUMENT_NOT_TRUSTED') : new RequestFault('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return source;
  }

  #needTrust(source: string): void {
    if (this.#trustedOnly && !this.#trusted?.has(source)) throw new RequestFault('DOCUMENT_NOT_TRUSTED');
  }
}

function hashOf(extensions: unknown): string | null {
  const persisted = isObject(extensions) ? extensions['persistedQuery'] : undefined;
  if (persisted === undefined || persisted === null) return null;
  if (!isObject(persisted) || persisted['version'] !== 1) throw new RequestFault('PERSISTED_QUERY_INVALID', 'The version at extensions.persistedQuery.version is not known; expected 1.');
  const { sha256Hash: hash } = persisted;
  if (typeof hash !== 'string' || hash.length > 256) throw new RequestFault('PERSISTED_QUERY_INVALID', 'There is no hash at extensions.persistedQuery.sha256Hash; expected text.');
  return hash;
}

/** What else there is in extensions; nothing where there is nothing. */
function withoutHash(extensions: unknown): Pick<Asked, 'extensions'> {
  const { persistedQuery: _, ...others } = extensions as Record<string, unknown>;
  return Object.keys(others).length > 0 ? { extensions: others } : {};
}
