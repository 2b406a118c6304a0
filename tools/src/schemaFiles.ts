import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { type DocumentNode, type GraphQLError, parse } from 'graphql';

export const serviceNames = ['actors', 'statements', 'sanctions', 'trade'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Path of the SDL that all services share. */
export const commonSchemaFile = join(workspaceRoot(), 'packages/domain/common.graphql');
export const schemaFile = (service: ServiceName): string =>
  join(workspaceRoot(), 'services', service, 'schema.graphql');

/** Reads the current SDL of a service, in the order of `parseSchema`. */
export const readSchema = (service: ServiceName): string[] =>
  [commonSchemaFile, schemaFile(service)].map((file) => readFileSync(file, 'utf8'));

/** Parses the SDL of a service. Throws an Error that names file and line. */
export function parseSchema(service: ServiceName, texts: string[]): DocumentNode[] {
  const files = [commonSchemaFile, schemaFile(service)];
  return texts.map((text, index) => {
    try {
      return parse(text);
    } catch (error) {
      const { message, locations } = error as GraphQLError;
      throw new Error(`${files[index]}:${locations?.[0]?.line ?? 1}: ${message}`);
    }
  });
}
