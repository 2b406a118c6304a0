import { composeServices } from '@apollo/composition';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { openGraph } from '../graph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])';
/** No type implements the interface: one subgraph defines it, and the other extends it as an interface object. */
const SDL = {
  lands: `${LINK} interface Sight @key(fields: "id") { id: ID! } type Query { sight: Sight land: String }`,
  walls: `${LINK} type Sight @key(fields: "id", resolvable: false) @interfaceObject { id: ID! height: Int } type Query { tallest: Sight }`,
};

it('returns null with an error for a field that no subgraph resolves, unless it is skipped', async () => {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const graph = await openGraph(supergraphSdl, {
    maxEvaluatedPlans: 10,
    maxPaths: 100,
    maxPlanMs: 10_000,
    maxWaiting: 10,
  });
  const document = parse('query ($without: Boolean!) { land sight @skip(if: $without) { id } }');
  const { planFor } = graph.prepare(document, getOperationAST(document) as OperationDefinitionNode);
  const run = async (variables: Record<string, unknown>) =>
    (await planFor(variables)).execute(async () => ({ data: { land: 'Ruritania' } }));

  const [selected, skipped] = [await run({ without: false }), await run({ without: true })];

  expect(selected).toEqual({
    data: { land: 'Ruritania', sight: null },
    errors: [
      { message: 'No subgraph resolves this field.', path: ['sight'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ],
  });
  expect(skipped).toEqual({ data: { land: 'Ruritania' } });
  await graph.close();
});
