import { describe, expect, it } from 'vitest';
import { formatSchema, type JsonSchema } from './jsonSchema.js';

interface Field {
  path: string;
  schema: JsonSchema;
}

function* fieldsOf(value: unknown, path: string): Generator<Field> {
  if (typeof value !== 'object' || value === null) return;
  const { properties } = value as JsonSchema;
  for (const [name, schema] of Object.entries(properties ?? {})) yield { path: `${path}.${name}`, schema };
  for (const [key, inner] of Object.entries(value))
    yield* fieldsOf(inner, key === 'properties' ? path : `${path}.${key}`);
}

describe('the schema of the format', () => {
  const { files, definitions } = formatSchema();
  const fields = [...fieldsOf(files, ''), ...fieldsOf(definitions, '')];

  it('describes every field', () => {
    expect(fields.length).toBeGreaterThan(150);
    expect(
      fields.filter(({ schema }) => !/^[A-Z`].*\.$/.test(schema.description ?? '')).map(({ path }) => path),
    ).toEqual([]);
  });

  it('describes every record and every shared type', () => {
    const records = Object.values(files).flatMap((sections) => Object.entries(sections));
    const types = Object.entries(definitions).filter(([, definition]) => !definition.enum);

    expect([...records, ...types].filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
  });

  it('has the default of every field that may be null', () => {
    const isNullable = ({ anyOf }: JsonSchema) => anyOf?.some(({ type }) => type === 'null');

    expect(fields.filter(({ schema }) => isNullable(schema) && schema.default !== null)).toEqual([]);
  });
});
