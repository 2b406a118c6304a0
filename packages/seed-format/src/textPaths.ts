import { formatSchema, type JsonSchema } from './jsonSchema.js';

let paths: ReadonlySet<string> | null = null;

/** Whether a field of a record of a section is a text that people write, not an id, a date, a number or one of a list of values. */
export function isTextPath(section: string, path: readonly (string | number)[]): boolean {
  paths ??= allTextPaths();
  return paths.has(`${section} ${path.filter((step) => typeof step === 'string').join('.')}`);
}

function allTextPaths(): ReadonlySet<string> {
  const { files, definitions } = formatSchema();
  const found = new Set<string>();
  const visit = (schema: JsonSchema, path: string): void => {
    const target = schema.$ref ? definitions[schema.$ref.replace('#/$defs/', '')] : undefined;
    if (target) visit(target, path);
    if (schema.title === 'Text') found.add(path);
    for (const each of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) visit(each, path);
    if (schema.items) visit(schema.items, path);
    for (const [key, field] of Object.entries(schema.properties ?? {}))
      visit(field, `${path}${path.endsWith(' ') ? '' : '.'}${key}`);
  };
  for (const sections of Object.values(files))
    for (const [section, schema] of Object.entries(sections)) visit(schema, `${section} `);
  return found;
}
