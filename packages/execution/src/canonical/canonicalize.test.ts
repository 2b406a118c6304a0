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

/** Towns and castles are kept by MAPS and by LORE; what LORE alone knows has `@join__field`. */
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
    ['has no aliases', '{ id: castle { name: id id: name } }', 'query { castle { id name } }'],
    [
      'has no name, no comments and no order of arguments',
      '# a\nquery Named { tagged(in: { north: 1 }, of: ["a"]) }',
      'query { tagged__0: tagged(in: {north: 1}, of: ["a"]) }',
    ],
    [
      'numbers variables in the order in which they are met',
      'query ($z: Int, $a: [String!] = ["x"]) { tagged(of: $a, in: { north: $z }) }',
      'query($v0: Int, $v1: [String!] = ["x"]) { tagged__0: tagged(in: {north: $v0}, of: $v1) }',
    ],
    [
      'has one key for one field with one set of arguments',
      '{ a: tagged(of: "x") b: tagged(of: "y") c: tagged(of: "x") d: tagged }',
      'query { tagged__0: tagged(of: "x") tagged__1: tagged(of: "y") tagged__2: tagged }',
    ],
    [
      'merges what several aliases of an object select',
      '{ a: castle { id } b: castle { owner { id } } c: castle { owner { name } } }',
      'query { castle { id owner { id name } } }',
    ],
    [
      'writes fragments out',
      '{ castle { ...F ... on Sight { age } } } fragment F on Castle { id ...G } fragment G on Castle { size }',
      'query { castle { id size age } }',
    ],
    [
      'leaves out names of types, for which no subgraph is needed',
      '{ castle { __typename id } }',
      'query { castle { id } }',
    ],
    [
      'asks for the name of a type if nothing else is left',
      '{ castle { a: __typename } }',
      'query { castle { __typename } }',
    ],
    ['keeps other directives', '{ castle { id @shout(how: 2) } }', 'query { castle { id__0: id @shout(how: 2) } }'],
    [
      'keeps what every subgraph has on an interface, and writes out what only some have by type',
      '{ sight { age name owner { id } } }',
      'query { sight__0: sight { age owner { id } ... on Castle { name } ... on Town { name } } }',
    ],
    [
      'writes conditions on interfaces out by type',
      '{ sight { ... on Sight { name } ... on Town { age } } }',
      'query { sight__0: sight { ... on Castle { name } ... on Town { name age } } }',
    ],
    [
      'has two keys for a field of two types that select different things of it',
      '{ sight { ... on Castle { owner { id } } ... on Town { owner { name } } } }',
      'query { sight__0: sight { ... on Castle { owner { id } } ... on Town { owner__v1: owner { name } } } }',
    ],
    [
      'has two keys for fields of one name that have different types',
      '{ sight { ... on Castle { a: size } ... on Town { b: size } } }',
      'query { sight__0: sight { ... on Castle { size } ... on Town { size__v1: size } } }',
    ],
    [
      'runs each field of a mutation, also those that are the same',
      'mutation { a: build(of: "x") { id } b: build(of: "x") { id } }',
      'mutation { build__0: build(of: "x") { id } build__1: build(of: "x") { id } }',
    ],
    [
      'reads block strings as strings',
      '{ tagged(of: ["""a\n"b" """]) }',
      'query { tagged__0: tagged(of: ["a\\n\\"b\\" "]) }',
    ],
  ])('%s', (_, source, expected) => {
    const { source: written } = canonical(source);

    expect(written).toBe(expected);
    expect(() => parse(written)).not.toThrow();
  });

  it('is the same for operations that differ in names only', () => {
    const one = canonical('query One($x: ID) { sight(id: $x) { a: name ...F } } fragment F on Sight { b: age }');
    const other = canonical('query Other($id: ID) { s: sight(id: $id) { name ... { age } } }');

    expect(other.source).toBe(one.source);
    expect([...other.variables, ...one.variables]).toEqual([
      ['v0', 'id'],
      ['v0', 'x'],
    ]);
  });

  it('leaves out what is skipped, and has no conditions', () => {
    const source = 'query ($a: Boolean!, $b: Boolean!) { castle { id @include(if: $a) ... @skip(if: $b) { name } } }';

    expect(canonical(source, { a: true, b: true }).source).toBe('query { castle { id } }');
    expect(canonical(source, { a: false, b: false }).source).toBe('query { castle { name } }');
    expect(canonical(source, { a: false, b: true }).source).toBe('query { castle { __typename } }');
    expect(canonical('query ($a: Boolean!) { castle @include(if: $a) { id } }', { a: false }).isEmpty).toBe(true);
  });

  it('is no larger than planning allows', () => {
    const doubling = Array.from(
      { length: 15 },
      (_, at) => `fragment F${at} on Sight { near(within: 1) { ...F${at + 1} } n: near(within: 2) { ...F${at + 1} } }`,
    ).join(' ');

    expect(() => canonical(`{ sight { ...F0 } } ${doubling} fragment F15 on Sight { id }`)).toThrow(
      'more than 20000 fields',
    );
  });

  it('has a separator that no field of the graph has in its name', () => {
    expect(graphFields(buildSchema('type Query { a__0: Int b___1(of: Int): Int }')).separator).toBe('____');
  });

  it('keeps the fields of an interface on it where a subgraph cannot tell its types', () => {
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

    expect(source).toBe('query { mine { id ... on Bike { wheels } } }');
    expect(
      root
        .field('Query', operation.selectionSet.selections[0] as never)
        ?.scope?.field('Bike', { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'wheels' } })?.key,
    ).toBe('wheels');
  });
});
