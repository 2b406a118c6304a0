import { composeServices } from '@apollo/composition';
import { readSupergraph } from '@dossier/execution/supergraph';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cachePolicies } from './cachePolicy.js';

const FEDERATION = '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])';
const OWN = `extend schema ${FEDERATION} @link(url: "https://castles.invalid/cacheControl/v0.1", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: cacheControl__Scope) on OBJECT | INTERFACE | UNION | FIELD_DEFINITION enum cacheControl__Scope { PUBLIC PRIVATE }`;

const CASTLES = `${OWN}
  type Query @cacheControl(maxAge: 500) {
    castle: Castle
    castles: [Castle!]! @cacheControl(maxAge: 100)
    soon: Castle @cacheControl(maxAge: 0)
    mine: Castle @cacheControl(scope: PRIVATE)
    count: Int
    today: Int @cacheControl(maxAge: 5)
    plain: Plain
    cached: Plain @cacheControl(maxAge: 40)
    built: Built
    found: Found
    secret: Secret
    shared: Secret @cacheControl(scope: PUBLIC)
    negative: Int @cacheControl(maxAge: -3)
  }
  interface Built @cacheControl(maxAge: 90) { age: Int @cacheControl(maxAge: 70) }
  type Castle implements Built @cacheControl(maxAge: 300) { age: Int name: String mood: String @cacheControl(maxAge: 10) owner: Plain @cacheControl(maxAge: 200) }
  type Tower implements Built { age: Int @cacheControl(maxAge: 30) name: String }
  union Found = Castle | Tower | Secret
  type Plain { name: String }
  type Secret @cacheControl(maxAge: 60, scope: PRIVATE) { name: String }
`;

function policiesOf(sdl: string) {
  const composed = composeServices([{ name: 'castles', url: 'http://castles.invalid', typeDefs: parse(sdl) }]);
  expect(composed.errors).toBeUndefined();
  const supergraph = composed.supergraphSdl ?? '';
  const policies = cachePolicies(supergraph, readSupergraph(supergraph).apiSchema);
  return (query: string, operationName?: string) => policies(parse(query), operationName);
}

const shared = (maxAge: number) => ({ maxAge, isPrivate: false });
const own = (maxAge: number) => ({ maxAge, isPrivate: true });

describe('the cache policy of an operation', () => {
  const policyOf = policiesOf(CASTLES);

  it.each([
    ['is the hint of the type', '{ castle { name } }', shared(300)],
    ['is the hint of the field before that of the type', '{ castles { name } }', shared(100)],
    ['is the shortest of all selected fields', '{ castle { name } castles { name mood } }', shared(10)],
    ['is 0 if that of any field is', '{ castle { name } soon { name } }', shared(0)],
    ['is never negative', '{ negative }', shared(0)],
    ['of a leaf is that of its object', '{ count }', shared(500)],
    ['of a leaf with a hint is that hint', '{ count today }', shared(5)],
    ['of an object without a hint is 0', '{ castle { owner { name } } plain { name } }', shared(0)],
    ['of an object without a hint is that of its field', '{ cached { name } castle { owner { name } } }', shared(40)],
    [
      'counts what is skipped, and what stands in fragments',
      'query ($s: Boolean!) { castle { ...F } ... on Query { today @skip(if: $s) } } fragment F on Castle { ... { mood } ...F2 } fragment F2 on Castle { name }',
      shared(5),
    ],
    ['of an interface is the shortest of what may stand there', '{ built { __typename } }', shared(90)],
    ['of its field, the shortest of theirs', '{ built { age } }', shared(30)],
    ['of a union is the shortest of what may stand there', '{ found { ... on Castle { name } } }', own(0)],
    ['is private if a field is', '{ castle { name } mine { name } }', own(300)],
    ['is private if a type is', '{ secret { name } }', own(60)],
    ['is for everybody where the field says so of that', '{ shared { name } }', shared(60)],
    ['of the schema is the usual one', '{ castle { name } __schema { queryType { name } } }', shared(60)],
    ['of names of types alone is the usual one', '{ __typename }', shared(60)],
    ['does not depend on names of types', '{ castle { __typename name } __typename }', shared(300)],
  ])('%s: %s', (_, query, policy) => {
    expect(policyOf(query)).toEqual(policy);
  });

  it('is that of the selected operation', () => {
    const query = 'query A { castle { name } } query B { today }';
    expect([policyOf(query, 'A'), policyOf(query, 'B')]).toEqual([shared(300), shared(5)]);
  });

  it('is read under the name that the directive is linked by', () => {
    const renamed = CASTLES.replace(
      'import: ["@cacheControl"]',
      'import: [{ name: "@cacheControl", as: "@cached" }]',
    ).replaceAll(/@cacheControl(?=\(m|\(s|"\))/g, '@cached');
    expect(policiesOf(renamed)('{ castles { name mood } }')).toEqual(shared(10));
  });

  it('of a root leaf field without a hint is zero', () => {
    expect(
      policiesOf(CASTLES.replace('Query @cacheControl(maxAge: 500)', 'Query'))('{ castle { name } count }'),
    ).toEqual(shared(0));
  });

  it('is null in a graph without hints', () => {
    expect(
      policiesOf(
        `extend schema ${FEDERATION} type Query { castle: Castle } type Castle @key(fields: "name") { name: String }`,
      )('{ castle { name } }'),
    ).toBeNull();
  });
});
