import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { OperationGuard } from '@dossier/operation-limits';
import {
  concatAST,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  print,
  type TypeNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../support/services.js';

const OF_A_PAGE =
  '@listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)';

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;
interface Field {
  coordinate: string;
  /** The named type, without lists. */
  type: string;
  isList: boolean;
  /** As declared in the schema; empty if there is none. */
  listSize: string;
}

const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

function fieldsOf(definitions: readonly DefinitionNode[]): Field[] {
  const types = definitions.filter(
    (definition): definition is Fielded =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const ofObjects = new Set(types.map(({ name }) => name.value));
  return types.flatMap(({ name, fields = [] }) =>
    fields
      .filter(({ type }) => ofObjects.has(named(type)))
      .map((field: FieldDefinitionNode) => ({
        coordinate: `${name.value}.${field.name.value}`,
        type: named(field.type),
        isList: isList(field.type),
        listSize: field.directives?.filter((directive) => directive.name.value === 'listSize').map(print)[0] ?? '',
      })),
  );
}

const isPage = (type: string): boolean => type.endsWith('Connection');
/** The size is determined by the field that returns the page. */
const isOfPage = (coordinate: string): boolean => /Connection\.(nodes|edges)$/.test(coordinate);

/** Fields with lists of unknown size, and pages without the size of pages. */
function unsized(definitions: readonly DefinitionNode[]): string[] {
  return fieldsOf(definitions)
    .filter(({ coordinate, type, isList: list, listSize }) =>
      isPage(type) ? listSize !== OF_A_PAGE : list && !isOfPage(coordinate) && !/assumedSize: [1-9]/.test(listSize),
    )
    .map(({ coordinate }) => coordinate);
}

describe('every list of objects', () => {
  it.each(Object.entries(SERVICES))('has an assumed size in the SDL of %s', (_, { definition }) => {
    const definitions = definition.typeDefs.flatMap((document) => document.definitions);
    expect(fieldsOf(definitions).filter(({ listSize }) => listSize !== '').length).toBeGreaterThan(10);
    expect(unsized(definitions)).toEqual([]);
  });

  it('is reported if it has none', () => {
    const { definitions } = parse(`
      type Query { rooms: [Room!]! sized: [Room] @listSize(assumedSize: 3) empty: [Room] @listSize(assumedSize: 0) names: [String!] page(first: Int): RoomConnection short: RoomConnection @listSize(assumedSize: 20) }
      interface House { rooms: [Room] } type RoomConnection { nodes: [Room!]! others: [Room!]! } type Room { name: String }
    `);
    expect(unsized(definitions)).toEqual([
      'Query.rooms',
      'Query.empty',
      'Query.page',
      'Query.short',
      'House.rooms',
      'RoomConnection.others',
    ]);
  });
});

describe('the cost of an operation', () => {
  const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
  const statements = buildSubgraphSchema([{ typeDefs: concatAST(SERVICES.statements.definition.typeDefs) }]);

  const costOf = (schema: GraphQLSchema, supergraphSdl: string | undefined, query: string): number => {
    const guard = new OperationGuard(
      {
        tokens: 1000,
        depth: 100,
        aliases: 100,
        rootFields: 100,
        directives: 100,
        selections: 1000,
        cost: 1_000_000,
        page: 100,
      },
      schema,
      supergraphSdl,
    );
    const document = parse(query);
    return guard.costOf(document, getOperationAST(document) as OperationDefinitionNode)({});
  };

  it.each([
    ['{ document(id: "document:x") { cautions { kind } } }', 1 + 60 * 2],
    ['{ statements(first: 7) { nodes { summary } } }', 1 + 7 * 2],
    ['{ statements(filter: { search: "bread" }) { totalCount edges { node { summary } } } }', 500 + 1 + 20 + 3 * 20],
  ])('is the same at the gateway and at the service: %s', (query, cost) => {
    expect(costOf(apiSchema, readFileSync(supergraphFile, 'utf8'), query)).toBe(cost);
    expect(costOf(statements, undefined, query)).toBe(cost);
  });
});
