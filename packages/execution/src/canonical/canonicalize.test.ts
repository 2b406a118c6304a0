import {
  buildSchema,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { typeConditions } from '../typeConditions.js';
import { canonicalize } from './canonicalize.js';
import { graphFields } from './graphFields.js';

/** MAPS and LORE both define towns and castles; only LORE resolves the fields with `@join__field`. */
const schema = buildSchema(`
  directive @join__type(graph: join__Graph!, isInterfaceObject: Boolean) repeatable on OBJECT | INTERFACE
  directive @join__field(graph: join__Graph, external: Boolean) repeatable on FIELD_DEFINITION
  directive @shout(how: Int) on FIELD
  enum join__Graph { MAPS LORE }
  interface Sight @join__type(graph: MAPS) @join__type(graph: LORE) { id: ID! name: String @join__field(graph: LORE) age: Int owner: Owner near(within: Int): [Sight] }
  type Castle implements Sight @join__type(graph: MAPS) @join__type(graph: LORE) { id: ID! name: String @join__field(graph: LORE) age: Int owner: Owner near(within: Int): [Sight] size: Int }
  type Town implements Sight @join__type(graph: MAPS) @join__type(graph: LORE) { id: ID! name: String @join__field(graph: LORE) age: Int owner: Owner near(within: Int): [Sight] size: String }
  type Owner { id: ID! name: String }
  type Query { sight(id: ID): Sight castle: Castle tagged(of: [String!], in: Area): [String] }
  input Area { north: Int south: Int }
  type Mutation { build(of: String): Castle }
`);
const isOfType = typeConditions(schema);
const graph = graphFields(schema);

function canonical(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  return canonicalize(
    { schema, graph, isOfType },
    getOperationAST(document) as OperationDefinitionNode,
    fragments,
    variables,
  );
}

describe('the canonical form of an operation', () => {
  it.each<[what: string, source: string, canonical: string]>([
    ['removes aliases', '{ id: castle { name: id id: name } }', 'query { castle { id name } }'],
    [
      'removes the name and comments, and sorts arguments',
      '# a\nquery Named { tagged(in: { north: 1 }, of: ["a"]) }',
      'query { tagged__0: tagged(in: {north: 1}, of: ["a"]) }',
    ],
    [
      'numbers variables in the order of their first use',
      'query ($z: Int, $a: [String!] = ["x"]) { tagged(of: $a, in: { north: $z }) }',
      'query($v0: Int, $v1: [String!] = ["x"]) { tagged__0: tagged(in: {north: $v0}, of: $v1) }',
    ],
    [
      'uses one key for each combination of field and arguments',
      '{ a: tagged(of: "x") b: tagged(of: "y") c: tagged(of: "x") d: tagged }',
      'query { tagged__0: tagged(of: "x") tagged__1: tagged(of: "y") tagged__2: tagged }',
    ],
    [
      'merges the selection sets of several aliases of a field',
      '{ a: castle { id } b: castle { owner { id } } c: castle { owner { name } } }',
      'query { castle { id owner { id name } } }',
    ],
    [
      'expands fragments',
      '{ castle { ...F ... on Sight { age } } } fragment F on Castle { id ...G } fragment G on Castle { size }',
      'query { castle { id size age } }',
    ],
    ['removes __typename, which needs no subgraph', '{ castle { __typename id } }', 'query { castle { id } }'],
    ['selects __typename if nothing else is left', '{ castle { a: __typename } }', 'query { castle { __typename } }'],
    ['keeps other directives', '{ castle { id @shout(how: 2) } }', 'query { castle { id__0: id @shout(how: 2) } }'],
    [
      'leaves fields of all subgraphs on an interface, and expands fields of some subgraphs by type',
      '{ sight { age name owner { id } } }',
      'query { sight__0: sight { age owner { id } ... on Castle { name } ... on Town { name } } }',
    ],
    [
      'expands type conditions on interfaces by object type',
      '{ sight { ... on Sight { name } ... on Town { age } } }',
      'query { sight__0: sight { ... on Castle { name } ... on Town { name age } } }',
    ],
    [
      'uses two keys for a field that two types select with different selection sets',
      '{ sight { ... on Castle { owner { id } } ... on Town { owner { name } } } }',
      'query { sight__0: sight { ... on Castle { owner { id } } ... on Town { owner__v1: owner { name } } } }',
    ],
    [
      'uses two keys for fields of the same name with different types',
      '{ sight { ... on Castle { a: size } ... on Town { b: size } } }',
      'query { sight__0: sight { ... on Castle { size } ... on Town { size__v1: size } } }',
    ],
    [
      'keeps equal fields of a mutation apart, since each is executed',
      'mutation { a: build(of: "x") { id } b: build(of: "x") { id } }',
      'mutation { build__0: build(of: "x") { id } build__1: build(of: "x") { id } }',
    ],
    [
      'writes block strings as strings',
      '{ tagged(of: ["""a\n"b" """]) }',
      'query { tagged__0: tagged(of: ["a\\n\\"b\\" "]) }',
    ],
  ])('%s', (_, source, expected) => {
    const { source: written } = canonical(source);

    expect(written).toBe(expected);
    expect(() => parse(written)).not.toThrow();
  });

  it('is equal for operations that only differ in names', () => {
    const one = canonical('query One($x: ID) { sight(id: $x) { a: name ...F } } fragment F on Sight { b: age }');
    const other = canonical('query Other($id: ID) { s: sight(id: $id) { name ... { age } } }');

    expect(other.source).toBe(one.source);
    expect([...other.variables, ...one.variables]).toEqual([
      ['v0', 'id'],
      ['v0', 'x'],
    ]);
  });

  it('removes skipped selections and conditions', () => {
    const source = 'query ($a: Boolean!, $b: Boolean!) { castle { id @include(if: $a) ... @skip(if: $b) { name } } }';

    expect(canonical(source, { a: true, b: true }).source).toBe('query { castle { id } }');
    expect(canonical(source, { a: false, b: false }).source).toBe('query { castle { name } }');
    expect(canonical(source, { a: false, b: true }).source).toBe('query { castle { __typename } }');
    expect(canonical('query ($a: Boolean!) { castle @include(if: $a) { id } }', { a: false }).isEmpty).toBe(true);
  });

  it('is limited in size', () => {
    const doubling = Array.from(
      { length: 15 },
      (_, at) => `fragment F${at} on Sight { near(within: 1) { ...F${at + 1} } n: near(within: 2) { ...F${at + 1} } }`,
    ).join(' ');

    expect(() => canonical(`{ sight { ...F0 } } ${doubling} fragment F15 on Sight { id }`)).toThrow(
      'more than 20000 fields',
    );
  });

  it('uses a separator that no field name contains', () => {
    expect(graphFields(buildSchema('type Query { a__0: Int b___1(of: Int): Int }')).separator).toBe('____');
  });

  it('leaves fields on an interface that a subgraph defines as an object type', () => {
    const vehicles = buildSchema(`
      directive @join__type(graph: join__Graph!, isInterfaceObject: Boolean) repeatable on OBJECT | INTERFACE
      enum join__Graph { A B }
      interface Vehicle @join__type(graph: A, isInterfaceObject: true) @join__type(graph: B) { id: ID! }
      interface Land implements Vehicle @join__type(graph: B) { id: ID! wheels: Int! }
      type Bike implements Land & Vehicle @join__type(graph: B) { id: ID! wheels: Int! }
      type Query { mine: [Vehicle] }
    `);
    const operation = getOperationAST(parse('{ mine { key: id ... on Land { wheels } } }')) as OperationDefinitionNode;

    const { source, root } = canonicalize(
      { schema: vehicles, graph: graphFields(vehicles), isOfType: typeConditions(vehicles) },
      operation,
      new Map(),
      {},
    );

    expect(source).toBe('query { mine { id ... on Bike { wheels__v1: wheels } __typename } }');
    expect(
      root
        .field('Query', operation.selectionSet.selections[0] as never)
        ?.scope?.field('Bike', { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'wheels' } })?.key,
    ).toBe('wheels__v1');
  });
});
