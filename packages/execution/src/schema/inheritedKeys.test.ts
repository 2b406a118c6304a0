import { buildSchema, execute, parse } from 'graphql';
import { expect, it } from 'vitest';
import { compileDocument } from './compileDocument.js';

const schema = buildSchema(
  'type Query { castle: Castle castles: [Castle] } type Castle { name: String walls: [Wall!] later: String } type Wall { height: Int! }',
);
const castle = { name: 'Zenda', walls: [{ height: 3 }, { height: 4 }], later: async () => 'later' };
const rootValue = { castle, castles: [castle, null] };

it.each([
  '{ __proto__: castle { name } }',
  '{ __proto__: castle { __proto__: name constructor: name toString: __typename } }',
  '{ castles { __proto__: walls { __proto__: height } hasOwnProperty: later } }',
  '{ castle { __proto__: later valueOf: __typename } }',
  '{ __proto__: __typename }',
])('returns response keys that every object inherits: %s', async (source) => {
  // compileDocument has no root value, so the root fields need resolvers.
  const fields = schema.getQueryType()?.getFields() ?? {};
  for (const [name, field] of Object.entries(fields)) field.resolve = () => rootValue[name as 'castle'];
  const document = parse(source);

  expect(JSON.stringify(await compileDocument(schema, document)({}, {}))).toBe(
    JSON.stringify(await execute({ schema, document })),
  );
});
