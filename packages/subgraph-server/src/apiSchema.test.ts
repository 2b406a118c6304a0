import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { apiSchemaOf } from './apiSchema.js';

describe('the schema of a subgraph for clients', () => {
  it('has none of the definitions of federation, and everything else', () => {
    const schema = buildSubgraphSchema(
      parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@listSize"])
        directive @slowly on FIELD
        directive @audited on FIELD_DEFINITION
        scalar Page @specifiedBy(url: "https://pages.invalid/spec")
        type Query { castles: [Castle!] @listSize(assumedSize: 3) @audited, wall(by: Key!): Page @deprecated(reason: "Gone.") }
        type Castle @key(fields: "id") { id: ID! @shareable }
        type Moat @key(fields: "id") { id: ID! }
        input Key { name: String, number: Int @deprecated(reason: "Use name.") }
      `),
    );

    const sdl = printSchema(apiSchemaOf(schema));

    expect(sdl.replace(/\s+/g, ' ')).toBe(
      'directive @slowly on FIELD scalar Page @specifiedBy(url: "https://pages.invalid/spec") ' +
        'type Query { castles: [Castle!] wall(by: Key!): Page @deprecated(reason: "Gone.") } ' +
        'type Castle { id: ID! } type Moat { id: ID! } input Key { name: String number: Int @deprecated(reason: "Use name.") }',
    );
  });
});
