import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { getNamedType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraphMode, type GraphModes, startGraphModes } from '../support/graphModes.js';
import { UNKNOWN_IDS } from '../support/unknownIds.js';

const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
const node = apiSchema.getType('Node');
const TYPES = isInterfaceType(node) ? apiSchema.getPossibleTypes(node) : [];

/** Leaf fields of a type without arguments. */
const leavesOf = (type: string): string[] => {
  const object = apiSchema.getType(type);
  return isObjectType(object)
    ? Object.values(object.getFields()).flatMap(({ name, type: value, args }) =>
        isLeafType(getNamedType(value)) && args.length === 0 ? [name] : [],
      )
    : [];
};

/** Root fields whose only argument is an id. */
const LOOKUPS = Object.values(apiSchema.getQueryType()?.getFields() ?? {}).filter(
  ({ args }) => args.length === 1 && args[0]?.name === 'id',
);
const SELECTIONS = (type: string): string[] => [
  'id',
  '__typename',
  'id __typename',
  `... on ${type} { ${leavesOf(type)[1]} }`,
  `... on ${type} { ${leavesOf(type).join(' ')} }`,
  '... on Sourced { basis citations { id } }',
  '... on Actor { statements(first: 1) { totalCount } }',
];

let graph: GraphModes;
beforeAll(async () => {
  graph = await startGraphModes();
});
afterAll(() => graph.close());

const query = (mode: GraphMode, source: string) => graph.query<{ data?: unknown; errors?: unknown }>(mode, source);

it('every type of node has an unknown id in this test', () => {
  expect(TYPES.map(({ name }) => name).sort()).toEqual(Object.keys(UNKNOWN_IDS).sort());
});

describe.each(['in one process', 'over services'] as const)('%s', (mode) => {
  it.each(Object.entries(UNKNOWN_IDS))(
    'returns null without an error for an unknown %s, whatever is selected: %s',
    async (type, id) => {
      for (const selection of SELECTIONS(type)) {
        expect([selection, await query(mode, `{ found: node(id: "${id}") { ${selection} } }`)]).toEqual([
          selection,
          { data: { found: null } },
        ]);
      }
    },
  );

  it.each(LOOKUPS.map(({ name }) => [name]))(
    'returns null without an error for an unknown or malformed id: %s',
    async (field) => {
      for (const id of [
        ...Object.values(UNKNOWN_IDS),
        '',
        ' ',
        'x',
        ':',
        'statement:',
        'statement:a/b/c',
        'Ünïcode:\u{1f600}',
        'x'.repeat(500),
      ]) {
        expect([id, await query(mode, `{ found: ${field}(id: ${JSON.stringify(id)}) { id __typename } }`)]).toEqual([
          id,
          { data: { found: null } },
        ]);
      }
    },
  );

  it('finds every type of node by id alone', async () => {
    const known = [
      'person:kim-jong-un',
      'statement:memri-sd-10149/S06',
      'document:memri-sd-10149',
      'citation:memri-sd-10149#char=120,164',
      'provision:unscr-2397/8',
      'figure:memri-sd-10149/F01',
    ];

    for (const id of known)
      expect(await query(mode, `{ node(id: "${id}") { id } }`)).toEqual({ data: { node: { id } } });
  });
});

describe('an id of an unavailable service', () => {
  it('resolves to null with the error of that service', async () => {
    for (const selection of ['id', '__typename', '... on Statement { summary }']) {
      const { data, errors } = await query(
        'without statements',
        `{ node(id: "statement:memri-sd-10149/S06") { ${selection} } }`,
      );
      expect([selection, data, errors]).toEqual([
        selection,
        { node: null },
        [
          {
            message: expect.any(String),
            path: expect.arrayContaining(['node']),
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'statements' },
          },
        ],
      ]);
    }
  });

  it('is still returned for a reference', async () => {
    const { data, errors } = await query(
      'without statements',
      '{ tradeFigures(first: 20) { nodes { citations { id } } } }',
    );

    expect([JSON.stringify(data), errors]).toEqual([
      expect.stringContaining('citation:memri-sd-10149#char='),
      undefined,
    ]);
  });

  it('resolves to null only if that service has to confirm that the object exists', async () => {
    const events = (await query('in one process', '{ events(first: 1) { nodes { id } } }')).data as {
      events: { nodes: { id: string }[] };
    };
    const id = events.events.nodes[0]?.id;

    const { data, errors } = await query('without statements', `{ event(id: "${id}") { id statements { id } } }`);

    expect({ data, errors }).toMatchObject({
      data: { event: { id, statements: null } },
      errors: [{ path: ['event', 'statements'], extensions: { service: 'statements' } }],
    });
  });
});
