import { readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';

/** The documents of common.graphql, which every subgraph includes, and of a subgraph's own schema file. */
export function subgraphTypeDefs(schemaFile: URL): DocumentNode[] {
  return [new URL('../common.graphql', import.meta.url), schemaFile].map((file) => parse(readFileSync(file, 'utf8')));
}
