import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { getNamedType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { PARENTS } from '../support/parents.js';

interface Page {
  edges: { cursor: string; node: { id: string } }[];
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));

/** Every field of the graph that is a connection and needs no argument, with the query around it. */
const lists = Object.values(apiSchema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && !type.name.startsWith('__')
    ? Object.values(type.getFields()).flatMap((field) => {
        if (!getNamedType(field.type).name.endsWith('Connection')) return [];
        if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined))
          return [];
        const around = (inner: string) =>
          type.name === 'Query'
            ? `{ list: ${inner} }`
            : `{ node(id: "${PARENTS[type.name]}") { ... on ${type.name} { list: ${inner} } } }`;
        const isReversible = field.args.some(({ name }) => name === 'direction');
        const node = getNamedType(field.type).name.replace('Connection', '');
        return [
          { coordinate: `${type.name}.${field.name}`, type: type.name, name: field.name, node, isReversible, around },
        ];
      })
    : [],
);

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.close());

type List = (typeof lists)[number];

async function read({ name, around }: List, args: string): Promise<Page> {
  const selection = getNodeKey(name);
  const { data, errors } = await graph.query(
    around(
      `${name}(${args}) { edges { cursor node { ${selection} } } nodes { ${selection} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }`,
    ),
  );
  expect(errors, `${name}(${args})`).toBeUndefined();
  return (
    ((data?.['list'] ?? (data?.['node'] as { list: Page } | null)?.list) as Page | undefined) ??
    (expect.fail(`${name} answered with nothing`) as never)
  );
}

// A mention has no id; its passage identifies it.
const getNodeKey = (list: string): string => (list === 'mentions' ? 'id: citation { id }' : 'id');

/** Pages from one end of the list to the other; `more` are further arguments. */
async function walk(list: List, size: number, backwards: boolean, more = ''): Promise<Page[]> {
  const pages: Page[] = [];
  let at: string | null = null;
  for (;;) {
    const args: string = backwards
      ? `last: ${size}${at ? `, before: "${at}"` : ''}`
      : `first: ${size}${at ? `, after: "${at}"` : ''}`;
    const page = await read(list, `${args}${more}`);
    pages.push(page);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backwards ? hasPreviousPage : hasNextPage)) return pages;
    at = backwards ? startCursor : endCursor;
    expect(pages.length).toBeLessThan(200);
  }
}

const keys = (pages: Page[]): string[] =>
  pages.flatMap(({ edges }) => edges.map(({ node }) => JSON.stringify(node.id)));

describe.each(lists)('$coordinate', (list) => {
  it('returns the same list in pages of any size, in both directions', async () => {
    expect(list.type === 'Query' || PARENTS[list.type], `a ${list.type} to try`).toBeTruthy();
    const whole = await walk(list, 100, false);
    const all = keys(whole);
    expect(new Set(all).size).toBe(all.length);
    expect(whole[0]?.totalCount).toBe(all.length);
    expect(whole[0]?.nodes.map(({ id }) => JSON.stringify(id))).toEqual(all.slice(0, 100));
    expect(keys(await walk(list, 3, false))).toEqual(all);
    expect(keys((await walk(list, 3, true)).reverse())).toEqual(all);
  });

  it('accepts page sizes from 0 to 100, and rejects others with a clear error', async () => {
    expect((await read(list, 'first: 0')).edges).toEqual([]);
    for (const [args, argument] of [
      ['first: -1', 'first'],
      ['first: 101', 'first'],
      ['last: 101', 'last'],
      ['first: 1, last: 1', 'last'],
      ['after: "bm8gY3Vyc29y"', 'after'],
      ['before: "?"', 'before'],
    ] as const) {
      const { errors } = await graph.query(list.around(`${list.name}(${args}) { totalCount }`));
      expect(errors?.[0]?.extensions, args).toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(errors?.[0]?.message, args).toContain(`"${argument}"`);
    }
  });
});

describe('a reversible list', () => {
  const reversible = lists.filter(({ isReversible }) => isReversible);
  const orders = ({ node }: List) => (node === 'Statement' ? ['TEXT', 'SAID_ON', 'RELEVANCE'] : [null]);
  const withArguments = (order: string | null): string =>
    order === null ? '' : `, orderBy: ${order}${order === 'RELEVANCE' ? ', filter: { search: "north korea" }' : ''}`;

  it('is every list of statements, events and trade figures', () => {
    expect(reversible.map(({ coordinate }) => coordinate)).toEqual(
      lists
        .filter(({ node }) => ['Statement', 'Event', 'TradeFigure'].includes(node))
        .map(({ coordinate }) => coordinate),
    );
  });

  it.each(reversible.flatMap((list) => orders(list).map((order) => ({ ...list, order }))))(
    'has the exact reverse in direction DESC, in pages from both ends: $coordinate $order',
    async ({ order, ...list }) => {
      const more = withArguments(order);
      const ascending = keys(await walk(list, 100, false, more));
      const reversed = ascending.toReversed();

      expect(keys(await walk(list, 100, false, `${more}, direction: ASC`))).toEqual(ascending);
      expect(keys(await walk(list, 7, false, `${more}, direction: DESC`))).toEqual(reversed);
      expect(keys((await walk(list, 7, true, `${more}, direction: DESC`)).reverse())).toEqual(reversed);
    },
  );

  it.each(reversible)('rejects a cursor of the other direction: $coordinate', async (list) => {
    for (const [direction, other] of [
      ['ASC', 'DESC'],
      ['DESC', 'ASC'],
    ]) {
      const cursor = (await read(list, `first: 1, direction: ${direction}`)).pageInfo.endCursor;
      for (const argument of cursor === null ? [] : ['after', 'before']) {
        const { errors } = await graph.query(
          list.around(`${list.name}(${argument}: "${cursor}", direction: ${other}) { totalCount }`),
        );
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
      }
    }
  });
});

describe('a cursor', () => {
  const cursorOf = async (arguments_: string): Promise<string> => {
    const { data } = await graph.query(`{ statements(${arguments_}) { pageInfo { endCursor } } }`);
    return (data as { statements: { pageInfo: { endCursor: string } } }).statements.pageInfo.endCursor;
  };
  const codeOf = async (query: string) => (await graph.query(query)).errors?.[0]?.extensions?.['code'];

  it('is rejected by another list, order or filter', async () => {
    const cursor = await cursorOf('first: 3');
    expect(await codeOf(`{ statements(after: "${cursor}") { nodes { id } } }`)).toBeUndefined();
    expect(await codeOf(`{ quotations(after: "${cursor}") { nodes { id } } }`)).toBe('BAD_USER_INPUT');
    expect(await codeOf(`{ statements(after: "${cursor}", orderBy: SAID_ON) { nodes { id } } }`)).toBe(
      'BAD_USER_INPUT',
    );
    expect(await codeOf(`{ statements(after: "${cursor}", filter: { kind: [FACT_REPORT] }) { nodes { id } } }`)).toBe(
      'BAD_USER_INPUT',
    );
    expect(
      await codeOf(`{ document(id: "document:memri-sd-10149") { statements(after: "${cursor}") { nodes { id } } } }`),
    ).toBe('BAD_USER_INPUT');
  });

  it('is rejected if it was altered', async () => {
    const cursor = await cursorOf('first: 3');
    for (let at = 0; at < cursor.length; at += 3) {
      const altered = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;
      expect(await codeOf(`{ statements(after: "${altered}") { nodes { id } } }`), altered).toBe('BAD_USER_INPUT');
    }
  });

  it('is valid at every replica', async () => {
    const other = await startGraph();
    const cursor = await cursorOf('first: 3');
    const [here, there] = await Promise.all(
      [graph, other].map((replica) => replica.query(`{ statements(first: 3, after: "${cursor}") { nodes { id } } }`)),
    );
    await other.close();
    expect(there).toEqual(here);
  });
});
