import { type GraphQLObjectType, graphql, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServices, type TestServices } from '../support/services.js';

const ACTOR_TYPES = ['Person', 'Polity', 'Organization', 'MediaOutlet', 'Group'];

/** An entity of each type that exists in every service that defines the type. */
const KNOWN: Record<string, string> = {
  Person: 'person:vladimir-putin',
  Polity: 'polity:north-korea',
  Organization: 'organization:memri',
  MediaOutlet: 'outlet:nezavisimaya-gazeta',
  Group: 'group:hostile-forces',
  Place: 'place:donbass',
  Event: 'event:memri-sd-10149/E01',
  Office: 'office:memri-sd-10149/O01',
  Document: 'document:memri-sd-10149',
  Paragraph: 'paragraph:memri-sd-10149/1',
  Citation: 'citation:memri-sd-10149#char=16,42',
  Statement: 'statement:memri-sd-10149/S05',
  Quotation: 'quotation:memri-sd-10149/Q01',
  Work: 'work:memri-sd-10149/W01',
  Tension: 'tension:memri-sd-10149/T01',
  Caution: 'caution:memri-sd-10149/X01',
  Regime: 'regime:un-dprk',
  Instrument: 'instrument:unscr-2321',
  Provision: 'provision:unscr-2321/32',
  ProvisionLink: 'link:memri-sd-10149/L01',
  Designation: 'designation:eu-269-2014/denis-pushilin',
  TradeFigure: 'figure:memri-sd-10149/F01',
  Commodity: 'commodity:memri-sd-10149/C01',
};

let services: TestServices;
/** Types that a service resolves by their key: those of `_Entity` of which it has more than the id. */
let resolved: [service: string, type: string][];

beforeAll(() => {
  services = openServices();
  resolved = services.subgraphs.flatMap(({ name, schema }) =>
    Object.values(schema.getTypeMap())
      .filter(
        (type): type is GraphQLObjectType =>
          isObjectType(type) &&
          (schema.getType('_Entity') ? schema.isSubType(schema.getType('_Entity') as never, type) : false),
      )
      .filter((type) => Object.keys(type.getFields()).length > 1)
      .map((type): [string, string] => [name, type.name]),
  );
});
afterAll(() => services.close());

async function ask(service: string, representations: object[]): Promise<unknown[]> {
  const subgraph = services.subgraphs.find(({ name }) => name === service);
  if (!subgraph) throw new Error(`No subgraph "${service}".`);
  const source =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Node { id } } }';
  const query = subgraph.schema.getType('Node') ? source : source.replace('... on Node { id }', '');
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source: query,
    variableValues: { representations },
    contextValue: subgraph.createContext(),
  });
  expect(errors).toBeUndefined();
  return data?.['_entities'] as unknown[];
}

describe('every key that a service resolves', () => {
  it('is covered by this test', () => {
    const types = new Set(resolved.map(([, type]) => type));
    expect([...types].filter((type) => KNOWN[type] === undefined)).toEqual([]);
    for (const service of ['actors', 'statements', 'sanctions', 'trade'])
      for (const type of ACTOR_TYPES) expect(resolved).toContainEqual([service, type]);
  });

  it('resolves a known key to the entity, by its type and, for actors, by the interface', async () => {
    for (const [service, type] of resolved) {
      const names = ACTOR_TYPES.includes(type) ? [type, 'Actor'] : [type];
      for (const name of names)
        expect(await ask(service, [{ __typename: name, id: KNOWN[type] }]), `${service} ${name}`).toMatchObject([
          { __typename: type },
        ]);
    }
  });

  it('resolves to null for an unknown id and for an id of another type', async () => {
    for (const [service, type] of resolved) {
      const [prefix] = (KNOWN[type] as string).split(':');
      const nothing = prefix === 'citation' ? 'citation:nowhere#char=0,1' : `${prefix}:nothing-of-this-name`;
      expect(await ask(service, [{ __typename: type, id: nothing }]), `${service} ${type}`).toEqual([null]);
      expect(
        await ask(service, [{ __typename: type, id: type === 'Place' ? KNOWN['Event'] : KNOWN['Place'] }]),
        `${service} ${type}`,
      ).toEqual([null]);
      expect(await ask(service, [{ __typename: type, id: 7 }]), `${service} ${type}`).toEqual([null]);
    }
  });

  it('resolves fifty representations with at most one SQL query', async () => {
    let ran = 0;
    for (const [service, type] of resolved) {
      const id = KNOWN[type] as string;
      const fifty = Array.from({ length: 50 }, (_, index) => ({
        __typename: type,
        id: index === 0 ? id : type === 'Citation' ? `citation:memri-sd-10149#char=0,${index}` : `${id}-${index}`,
      }));
      services.statements(service);
      await ask(service, fifty);
      const { length } = services.statements(service);
      // None if everything that it needs was read before.
      expect(length, `${service} ${type}`).toBeLessThanOrEqual(1);
      ran += length;
    }
    expect(ran).toBeGreaterThan(resolved.length / 2);
  });
});
