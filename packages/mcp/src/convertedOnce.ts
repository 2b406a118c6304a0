import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { z } from 'zod';

type Standard = StandardSchemaWithJSON['~standard'];

/**
 * The same schema, but converted to JSON Schema only once. The SDK converts schemas for every server, and over HTTP each request has one: this
 * took most of the time of a request.
 */
export function convertedOnce<Schema extends z.ZodObject>(
  schema: Schema,
): StandardSchemaWithJSON<z.input<Schema>, z.output<Schema>> {
  const standard = schema['~standard'] as StandardSchemaWithJSON<z.input<Schema>, z.output<Schema>>['~standard'];
  const converted = new Map<string, Record<string, unknown>>();
  const convert =
    (io: 'input' | 'output'): Standard['jsonSchema']['input'] =>
    (options) => {
      const key = `${io} ${options.target}`;
      const known = converted.get(key) ?? standard.jsonSchema[io](options);
      converted.set(key, known);
      return known;
    };
  return { '~standard': { ...standard, jsonSchema: { input: convert('input'), output: convert('output') } } };
}

/** The same schema for clients, but the server passes values on unchecked. */
export const withoutValidation = ({ '~standard': standard }: StandardSchemaWithJSON): StandardSchemaWithJSON => ({
  '~standard': { ...standard, validate: (value) => ({ value }) },
});
