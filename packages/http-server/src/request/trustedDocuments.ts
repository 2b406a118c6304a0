import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isObject } from './params.js';

/** Documents that are known beforehand, by their SHA-256 or the id that the manifest gives them. */
export interface TrustedDocuments {
  find: (id: string) => string | undefined;
  has: (source: string) => boolean;
}

const FORMAT = 'apollo-persisted-query-manifest';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Reads a manifest of documents in the form of Apollo's, version 1. What is wrong with it is an Error that names the file and what was expected. */
export function readTrustedDocuments(file: string): TrustedDocuments {
  const manifest = readManifest(file);
  if (
    !isObject(manifest) ||
    manifest['format'] !== FORMAT ||
    manifest['version'] !== 1 ||
    !Array.isArray(manifest['operations'])
  ) {
    throw new Error(
      `${file} is no manifest of documents; expected "format": "${FORMAT}", "version": 1 and a list of "operations".`,
    );
  }
  const byId = new Map<string, string>();
  for (const [at, operation] of manifest['operations'].entries()) {
    const { id, body } = isObject(operation) ? operation : {};
    if (typeof id !== 'string' || typeof body !== 'string')
      throw new Error(`${file}: operation ${at + 1} has no "id" and "body"; expected the text of each.`);
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
        ? `${file} is no JSON: ${error.message}`
        : `${file} cannot be read; expected a manifest of documents.`,
    );
  }
}
