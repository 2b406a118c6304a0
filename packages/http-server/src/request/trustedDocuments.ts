import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isObjectLike } from '@dossier/graphql';

/** Documents that the operator trusts, by the id in their manifest and by their SHA-256. */
export interface TrustedDocuments {
  find: (id: string) => string | undefined;
  has: (source: string) => boolean;
}

const FORMAT = 'apollo-persisted-query-manifest';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Reads an Apollo persisted query manifest, version 1. Throws an Error that names the file and what was expected. */
export function readTrustedDocuments(file: string): TrustedDocuments {
  const manifest = readManifest(file);
  if (
    !isObjectLike(manifest) ||
    manifest['format'] !== FORMAT ||
    manifest['version'] !== 1 ||
    !Array.isArray(manifest['operations'])
  ) {
    throw new Error(
      `${file} is not a manifest of documents; expected "format": "${FORMAT}", "version": 1 and a list of "operations".`,
    );
  }
  const byId = new Map<string, string>();
  for (const [index, operation] of manifest['operations'].entries()) {
    const { id, body } = isObjectLike(operation) ? operation : {};
    if (typeof id !== 'string' || typeof body !== 'string')
      throw new Error(`${file}: operation ${index + 1} has no "id" or no "body"; expected a string for each.`);
    byId.set(id, body);
    byId.set(sha256(body), body);
  }
  const sources = new Set(byId.values());
  return { find: (id) => byId.get(id), has: (source) => sources.has(source) };
}

function readManifest(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      error instanceof SyntaxError
        ? `${file} is not JSON: ${error.message}`
        : `${file} cannot be read; expected a manifest of documents.`,
    );
  }
}
