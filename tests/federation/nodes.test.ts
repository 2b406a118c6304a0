import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraphMode, type GraphModes, startGraphModes } from '../support/graphModes.js';
import { UNKNOWN_IDS } from '../support/unknownIds.js';

interface Response {
  data?: { nodes: (Record<string, unknown> | null)[] } | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Known ids of types of all four services, in no order. */
const KNOWN = [
  'figure:memri-sd-10149/F01',
  'person:kim-jong-un',
  'statement:memri-sd-10149/S06',
  'provision:unscr-2397/8',
  'place:donbass',
  'statement:memri-sd-10149/S02',
  'citation:memri-sd-10149#char=120,164',
  'outlet:kcna',
];
const DETAILS = `id __typename ... on Actor { name } ... on Place { name } ... on Statement { summary } ... on Provision { paragraph }
  ... on TradeFigure { statedAs } ... on Citation { start }`;

let graph: GraphModes;
beforeAll(async () => {
  graph = await startGraphModes();
});
afterAll(() => graph.close());

const nodesIn = (mode: GraphMode, ids: readonly string[], selection: string) =>
  graph.query<Response>(mode, `query($ids: [ID!]!) { nodes(ids: $ids) { ${selection} } }`, { ids });

/** Requests that the gateway has sent to each service. */
async function requestCounts(): Promise<Record<string, number>> {
  const metrics = await (await fetch(`${graph.gatewayUrl}metrics`)).text();
  const counts: Record<string, number> = {};
  for (const [, service = '', count] of metrics.matchAll(
    /^dossier_subgraph_request_duration_seconds_count\{.*subgraph="(\w+)".*\} (\d+)$/gm,
  ))
    counts[service] = (counts[service] ?? 0) + Number(count);
  return counts;
}

describe.each(['in one process', 'over services'] as const)('nodes, %s', (mode) => {
  const nodes = (ids: readonly string[], selection: string) => nodesIn(mode, ids, selection);

  it('returns objects of all services in the order of the ids', async () => {
    const { data, errors } = await nodes(KNOWN, DETAILS);

    expect(errors).toBeUndefined();
    expect(data?.nodes.map((node) => node?.['id'])).toEqual(KNOWN);
    expect(data?.nodes.map((node) => Object.keys(node ?? {}).length)).toEqual(KNOWN.map(() => 3));
  });

  it('returns null without an error for each id that does not exist or is not an id, whatever is selected', async () => {
    const unknown = [...Object.values(UNKNOWN_IDS), '', 'x', 'statement:'];
    const ids = unknown.flatMap((id, index) => [id, KNOWN[index % KNOWN.length] as string]);
    for (const selection of ['id', '__typename id', DETAILS]) {
      const { data, errors } = await nodes(ids, selection);

      expect([selection, errors]).toEqual([selection, undefined]);
      expect(data?.nodes.map((node) => node?.['id'] ?? null)).toEqual(
        ids.map((id) => (KNOWN.includes(id) ? id : null)),
      );
    }
  });

  it('returns an object as often as its id is given', async () => {
    const ids = ['statement:memri-sd-10149/S06', 'person:kim-jong-un', 'statement:memri-sd-10149/S06'];

    const { data } = await nodes(ids, 'id ... on Statement { summary }');

    expect(data?.nodes.map((node) => node?.['id'])).toEqual(ids);
    expect(data?.nodes[2]).toEqual(data?.nodes[0]);
    expect(data?.nodes[0]).toHaveProperty('summary');
  });

  it('accepts 100 ids and rejects 101 with an error that names the argument and the limit', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => KNOWN[index % KNOWN.length] as string);

    const [hundred, more] = [await nodes(ids.slice(1), 'id'), await nodes(ids, 'id')];

    expect([hundred.errors, hundred.data?.nodes.length]).toEqual([undefined, 100]);
    expect(more.data).toEqual({ nodes: null });
    expect(more.errors).toEqual([
      expect.objectContaining({
        message: 'Argument "ids" has 101 ids; expected at most 100.',
        path: ['nodes'],
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', argument: 'ids' }),
      }),
    ]);
  });

  it('returns an empty list for no ids', async () => {
    expect(await nodes([], 'id')).toEqual({ data: { nodes: [] } });
  });
});

it('takes one request to each service, for ids of any types', async () => {
  const before = await requestCounts();

  await nodesIn(
    'over services',
    [...KNOWN, 'quotation:memri-sd-10149/Q07', 'link:memri-sd-10149/L07', 'document:memri-sd-10149'],
    `a: id ${DETAILS} ... on Quotation { kind } ... on ProvisionLink { relation } ... on Document { title }`,
  );

  const after = await requestCounts();
  expect(Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]))).toEqual(
    { actors: 1, statements: 1, sanctions: 1, trade: 1 },
  );
});

it('returns null with an error for each id of an unavailable service, and the other objects', async () => {
  const ids = KNOWN.filter((id) => !id.startsWith('citation:'));

  const { data, errors } = await nodesIn('without statements', ids, 'id ... on Statement { summary }');

  expect(data?.nodes.map((node) => node?.['id'] ?? null)).toEqual(
    ids.map((id) => (id.startsWith('statement:') ? null : id)),
  );
  expect(errors?.map(({ path, extensions }) => [path?.slice(0, 2), extensions?.['code']])).toEqual(
    ids.flatMap((id, index) => (id.startsWith('statement:') ? [[['nodes', index], 'SUBGRAPH_UNAVAILABLE']] : [])),
  );
});
