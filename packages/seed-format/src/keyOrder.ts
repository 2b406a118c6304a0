import { type FormatSchema, formatSchema, type JsonSchema } from './jsonSchema.js';

/** The keys of the mapping at a path in a record, in the order in which they are written; steps into lists are left out. */
export type KeyOrder = (path: readonly string[]) => readonly string[];

/** What a record is comes directly after its id. */
const AFTER_ID = ['kind', 'status', 'type'];

let format: FormatSchema | undefined;

/** The order of keys in records of a section: that of the format. */
export function keyOrderOf(stem: string, section: string): KeyOrder {
  format ??= formatSchema();
  const { files, definitions } = format;
  const resolved = ({ $ref, ...schema }: JsonSchema): JsonSchema =>
    $ref === undefined ? schema : (definitions[$ref.replace('#/$defs/', '')] ?? {});
  const record = Object.hasOwn(files, stem) ? files[stem]?.[section] : undefined;
  const variantsOf = (schema: JsonSchema): JsonSchema[] => {
    const own = resolved(schema);
    const inner = [...(own.anyOf ?? []), ...(own.oneOf ?? []), ...(own.items ? [own.items] : [])];
    return [own, ...inner.flatMap(variantsOf)];
  };
  return (path) => {
    let schemas = record ? variantsOf(record) : [];
    for (const step of path)
      schemas = schemas.flatMap(({ properties }) => {
        const schema = properties && Object.hasOwn(properties, step) ? properties[step] : undefined;
        return schema ? variantsOf(schema) : [];
      });
    const keys = [...new Set(schemas.flatMap(({ properties = {} }) => Object.keys(properties)))];
    if (path.length > 0 || !record?.oneOf) return keys;
    const first = ['id', ...AFTER_ID.filter((key) => keys.includes(key))];
    return [...first, ...keys.filter((key) => !first.includes(key))];
  };
}
