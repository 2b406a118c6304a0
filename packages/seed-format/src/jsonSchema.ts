import { z } from 'zod';
import { ProvenanceRecord } from './provenance.js';
import { DocumentRecord, listingDate, SECTIONS } from './records.js';

/** A JSON Schema, as far as that of the format needs it. */
export interface JsonSchema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string;
  const?: string;
  enum?: string[];
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema | false;
  prefixItems?: JsonSchema[];
  minItems?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $defs?: Record<string, JsonSchema>;
  [keyword: string]: unknown;
}

/** The records of each file of the format, as JSON Schema: what may be written in a seed file, before defaults are applied. */
export interface FormatSchema {
  /** By file without extension and by section. `document.yaml` has one record, the other sections have lists. */
  files: Record<string, Record<string, JsonSchema>>;
  /** Types that several records have in common, and enums, by name. */
  definitions: Record<string, JsonSchema>;
}

/** The seed format, with titles for types and a description for every field. */
export function formatSchema(): FormatSchema {
  const definitions: Record<string, JsonSchema> = {};
  const schemaOf = (record: z.ZodType): JsonSchema => {
    const { $schema: _, $defs = {}, ...schema } = toJsonSchema(record);
    Object.assign(definitions, $defs);
    return schema;
  };
  const files = Object.entries({
    document: { document: DocumentRecord },
    ...SECTIONS,
    provenance: { provenance: ProvenanceRecord },
  }).map(
    ([file, sections]) =>
      [
        file,
        Object.fromEntries(Object.entries(sections).map(([section, record]) => [section, schemaOf(record)])),
      ] as const,
  );
  return { files: Object.fromEntries(files), definitions };
}

/**
 * A JSON Schema for editors. It accepts every file that `check` accepts, also with `words` for a passage, but not only those: what
 * depends on several records or on the text is not expressed in it.
 */
export function editorSchema(): JsonSchema {
  const { files, definitions } = formatSchema();
  const properties = Object.entries(files).flatMap(([file, sections]) =>
    Object.entries(sections).map(([section, record]) => [
      section,
      file === 'document'
        ? record
        : { type: 'array', description: record.description, items: { ...record, description: undefined } },
    ]),
  );
  return allowWords({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A seed file',
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    $defs: definitions,
  }) as JsonSchema;
}

const toJsonSchema = (record: z.ZodType): JsonSchema =>
  z.toJSONSchema(record, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // Zod omits the defaults of values that are transformed.
      const value = defaultOf(zodSchema);
      if (value !== undefined) jsonSchema.default = value;
      // Zod describes the object that the text is converted to.
      if (zodSchema === listingDate) {
        const { id: _, description, ...object } = jsonSchema;
        for (const keyword of Object.keys(object)) delete jsonSchema[keyword];
        Object.assign(jsonSchema, { description, anyOf: [{ title: 'EDTF', type: 'string' }, object] });
      }
    },
  }) as JsonSchema;

/** The default of an optional value, null or an empty list; undefined if it has none. */
function defaultOf(schema: z.core.$ZodType): z.core.util.JSONType | undefined {
  if (schema instanceof z.ZodPipe) return defaultOf(schema.in);
  return schema instanceof z.ZodDefault ? (schema.def.defaultValue as z.core.util.JSONType) : undefined;
}

const WORDS: Record<string, JsonSchema> = {
  words: { type: 'string', description: 'Words of the text, which `seeds fill` replaces by `at` and `digest`.' },
  occurrence: { type: 'integer', minimum: 1, description: 'Which occurrence of the words is meant, counted from 1.' },
};

/** Adds `words` to every object with a position, as the alternative to it. */
function allowWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(allowWords);
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, allowWords(item)])) as JsonSchema;
  const { properties, required } = schema;
  if (!properties || !Array.isArray(required) || !required.includes('digest')) return schema;
  return {
    ...schema,
    properties: { ...properties, ...WORDS },
    required: required.filter((key) => key !== 'at' && key !== 'digest'),
    anyOf: [{ required: ['at', 'digest'] }, { required: ['words'] }],
  };
}
