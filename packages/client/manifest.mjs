// Writes the manifest of trusted documents in Apollo's format, version 1: each operation as `ask` sends it, and as Apollo
// Client does, with __typename. With --check it writes nothing, and fails if the file is out of date.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addTypenameToDocument } from '@apollo/client/utilities';
import { Kind, print } from 'graphql';
import * as generated from './dist/generated/graphql.js';

const documents = Object.values(generated).filter(
  (value) => value?.kind === Kind.DOCUMENT && value.definitions[0].kind === Kind.OPERATION_DEFINITION,
);

const entry = (document) => {
  const body = print(document);
  const { name, operation } = document.definitions[0];
  return { id: createHash('sha256').update(body).digest('hex'), name: name.value, type: operation, body };
};

const operations = documents.flatMap((document) => [entry(document), entry(addTypenameToDocument(document))]);
const unique = [...new Map(operations.map((operation) => [operation.id, operation])).values()];
const byName = unique.sort((one, other) => (one.name + one.id < other.name + other.id ? -1 : 1));
const text = `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: byName }, null, 2)}\n`;

const file = join(import.meta.dirname, 'manifest.json');
const isThere = existsSync(file) && readFileSync(file, 'utf8') === text;
if (isThere) console.log('Up to date.');
else if (process.argv.includes('--check')) {
  console.error('packages/client/manifest.json is out of date. Run "npm run manifest -w packages/client".');
  process.exitCode = 1;
} else {
  writeFileSync(file, text);
  console.log(`Written: manifest.json, ${byName.length} documents.`);
}
