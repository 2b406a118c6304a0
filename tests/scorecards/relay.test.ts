import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isNonNullType,
  isObjectType,
  printSchema,
} from 'graphql';
import compiler from 'relay-compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { PARENTS } from '../support/parents.js';
import { expectCard } from './card.js';

const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
const objects = Object.values(apiSchema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);

/** Every field that is a connection and needs no argument. */
const lists = objects.flatMap((type) =>
  Object.values(type.getFields()).flatMap(({ name, type: output, args }) => {
    const connection = getNamedType(output);
    const isList =
      connection.name.endsWith('Connection') &&
      !args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
    return isList ? [{ coordinate: `${type.name}.${name}`, on: type.name, name, connection }] : [];
  }),
);

const nodeOf = (connection: GraphQLNamedType): GraphQLObjectType | undefined => {
  const edge = getNamedType(
    (connection as GraphQLObjectType).getFields()['edges']?.type as GraphQLNamedType,
  ) as GraphQLObjectType;
  return getNamedType(edge.getFields()['node']?.type as GraphQLNamedType) as GraphQLObjectType;
};

/** A component as Relay's users write it: a page of the list, and how to load the next. */
const component = ({ on, name, connection }: (typeof lists)[number]): string => {
  const fragment = `list${on}${name}_page`;
  const node = nodeOf(connection)?.getFields()['id'] ? 'id' : '__typename';
  return `import { graphql } from 'react-relay';
graphql\`
  fragment ${fragment} on ${on} @refetchable(queryName: "list${on}${name}NextQuery") @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" }) {
    ${name}(first: $first, after: $after) @connection(key: "${fragment}_${name}") { edges { node { ${node} } } }
  }
\`;
`;
};

const folder = mkdtempSync(join(tmpdir(), 'dossier-relay-'));
let compiled: ReturnType<typeof spawnSync>;
let graph: TestGraph;

beforeAll(async () => {
  mkdirSync(join(folder, 'src/made'), { recursive: true });
  writeFileSync(join(folder, 'schema.graphql'), printSchema(apiSchema));
  writeFileSync(
    join(folder, 'relay.config.json'),
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      language: 'javascript',
      artifactDirectory: './src/made',
    }),
  );
  for (const list of lists) writeFileSync(join(folder, 'src', `list${list.on}${list.name}.js`), component(list));
  compiled = spawnSync(compiler, ['relay.config.json'], { cwd: folder, encoding: 'utf8' });
  graph = await startGraph();
});
afterAll(async () => {
  await graph?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The query that Relay's compiler generated for the next page. */
const nextPage = ({ on, name }: (typeof lists)[number]): string => {
  const text = readFileSync(join(folder, 'src/made', `list${on}${name}NextQuery.graphql.js`), 'utf8');
  return JSON.parse(/"text": (".*")/.exec(text)?.[1] ?? '""') as string;
};

describe("Relay's compiler", () => {
  it('accepts every list of the schema as a connection with pagination', () => {
    expect(compiled.error).toBeUndefined();
    expect(String(compiled.stdout) + String(compiled.stderr)).not.toContain('[ERROR]');
    expect(compiled.status).toBe(0);
    expect(readdirSync(join(folder, 'src/made')).filter((file) => file.includes('NextQuery'))).toHaveLength(
      lists.length,
    );
    expectCard(
      'Relay',
      ['', ''],
      [
        ['lists of the schema', String(lists.length)],
        ["taken by Relay's compiler as `@connection` with `@refetchable`", String(lists.length)],
        [
          'types that `node(id:)` leads to',
          String(objects.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node')).length),
        ],
      ],
    );
  });

  it.each(lists)('generates a query for the next page of $coordinate that runs without errors', async (list) => {
    const { data, errors } = await graph.query(nextPage(list), {
      first: 2,
      ...(list.on !== 'Query' && { id: PARENTS[list.on] }),
    });

    const parent = (list.on === 'Query' ? data : data?.['node']) as
      | Record<string, { edges: unknown[]; pageInfo: object }>
      | null
      | undefined;
    expect(errors).toBeUndefined();
    expect(parent?.[list.name]?.pageInfo).toMatchObject({ hasNextPage: expect.any(Boolean) });
    expect(parent?.[list.name]?.edges.length).toBeLessThanOrEqual(2);
  });
});

describe('the Relay server specification', () => {
  it.each(lists)('is met by $coordinate', ({ connection }) => {
    const fields = (connection as GraphQLObjectType).getFields();
    const edge = getNamedType(fields['edges']?.type as GraphQLNamedType) as GraphQLObjectType;

    expect(String(fields['pageInfo']?.type)).toBe('PageInfo!');
    expect(String(fields['edges']?.type)).toMatch(/^\[\w+Edge!\]!$/);
    expect(String(edge.getFields()['cursor']?.type)).toBe('String!');
    expect(edge.getFields()['node']).toBeDefined();
  });

  it('is met by every list, forwards and backwards', () => {
    const missing = objects.flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, type: output, args }) => {
        const given = Object.fromEntries(args.map((argument) => [argument.name, String(argument.type)]));
        const isWhole =
          given['first'] === 'Int' &&
          given['last'] === 'Int' &&
          given['after'] === 'String' &&
          given['before'] === 'String';
        return getNamedType(output).name.endsWith('Connection') && !isWhole ? [`${type.name}.${name}`] : [];
      }),
    );

    expect(missing).toEqual([]);
  });

  it('is met by PageInfo and Node', () => {
    const page = (apiSchema.getType('PageInfo') as GraphQLObjectType).getFields();
    const nodes = objects.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));

    expect(Object.fromEntries(Object.entries(page).map(([name, { type }]) => [name, String(type)]))).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    });
    expect(String(apiSchema.getQueryType()?.getFields()['node']?.type)).toBe('Node');
    for (const type of nodes) expect(String(type.getFields()['id']?.type), type.name).toBe('ID!');
  });
});
