import { readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';

/** The value types that every subgraph shares, from the one file that holds them, and the subgraph's own. */
export function subgraphTypeDefs(schemaFile: URL): DocumentNode[] {
  return [new URL('../common.graphql', import.meta.url), schemaFile].map((file) => parse(readFileSync(file, 'utf8')));
}
