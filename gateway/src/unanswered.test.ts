import { composeServices } from '@apollo/composition';
import { executableGraph } from '@dossier/execution';
import { parse } from 'graphql';
import { expect, it } from 'vitest';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])';
/** Nothing is a sight: one subgraph has the interface, the other what it says of any. */
const SDL = {
  lands: `${LINK} interface Sight @key(fields: "id") { id: ID! } type Query { sight: Sight land: String }`,
  walls: `${LINK} type Sight @key(fields: "id", resolvable: false) @interfaceObject { id: ID! height: Int } type Query { tallest: Sight }`,
};

it('a field that the plan asks nobody for is null with an error, unless it is skipped', async () => {
  const { supergraphSdl, errors } = composeServices(Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })));
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const { run } = executableGraph(supergraphSdl, { plansWeighed: 10 }).operation('query ($without: Boolean!) { land sight @skip(if: $without) { id } }', undefined);
  const ask = async () => ({ data: { land: 'Ruritania' } });

  expect(await run({ without: false }, ask)).toEqual({
    data: { land: 'Ruritania', sight: null },
    errors: [{ message: 'No subgraph answers this field.', path: ['sight'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
  expect(await run({ without: true }, ask)).toEqual({ data: { land: 'Ruritania' } });
});
