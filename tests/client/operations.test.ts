import {
  ActorProfileDocument,
  AnythingDocument,
  type AnythingQuery,
  ask,
  operations,
  possibleTypes,
} from '@dossier/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

const ONE_OF_EACH: Record<string, string> = {
  Caution: 'caution:memri-sd-10149/X01',
  Designation: 'designation:eu-269-2014/denis-pushilin',
  Event: 'event:memri-sd-10149/E05',
  Group: 'group:north-korea-scholars',
  Instrument: 'instrument:unscr-2397',
  MediaOutlet: 'outlet:kcna',
  Office: 'office:memri-sd-10149/O03',
  Organization: 'organization:un-security-council',
  Person: 'person:kim-jong-un',
  Place: 'place:donbass',
  Polity: 'polity:dpr',
  Provision: 'provision:unscr-2397/8',
  ProvisionLink: 'link:memri-sd-10149/L07',
  Quotation: 'quotation:memri-sd-10149/Q07',
  Regime: 'regime:un-dprk',
  Statement: 'statement:memri-sd-10149/S06',
  Tension: 'tension:memri-sd-10149/T01',
  TradeFigure: 'figure:memri-sd-10149/F01',
  Work: 'work:memri-sd-10149/W01',
};

/** Whether a response contains data: null, empty lists and counts of 0 do not count. */
const holdsSomething = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== null && typeof value === 'object'
      ? Object.values(value).some(holdsSomething)
      : typeof value === 'string' || (typeof value === 'number' && value > 0);

/** Fields of searches through several kinds of records, of which no word is found in each. */
const FOUND_NOWHERE: Record<string, string[]> = { ReaderSearch: ['places', 'goods', 'exact'] };

describe('the example operations', () => {
  let graph: TestGraph;
  let url: string;
  beforeAll(async () => {
    graph = await startGraph();
    url = `${graph.url}graphql`;
  });
  afterAll(() => graph.close());

  it.each(operations)('include $name, which runs as it is: $question', async ({ name, text }) => {
    const { data, errors } = await graph.query(text);

    expect(errors).toBeUndefined();
    const empty = Object.entries(data ?? {}).flatMap(([field, value]) => (holdsSomething(value) ? [] : [field]));
    expect(empty).toEqual(FOUND_NOWHERE[name] ?? []);
  });

  it('cover every sourced type', () => {
    expect(Object.keys(ONE_OF_EACH).sort()).toEqual(
      possibleTypes['Sourced']?.filter((type) => type !== 'Kinship').sort(),
    );
  });

  it.each(Object.entries(ONE_OF_EACH))('select the evidence in %s with the shared fragment', async (type, id) => {
    const { data, errors } = await ask(url, AnythingDocument, { id });

    const node = data?.node as Extract<AnythingQuery['node'], { basis: unknown }>;
    expect(errors).toEqual([]);
    expect(node).toMatchObject({ __typename: type, id, basis: expect.any(String), references: expect.any(Array) });
    for (const citation of node.citations)
      expect(citation).toMatchObject({ start: expect.any(Number), availability: 'NOT_MOUNTED', excerpt: null });
  });

  it('select the evidence of a kinship, which has no id', async () => {
    const { data, errors } = await ask(url, ActorProfileDocument, { actor: 'person:kim-jong-un' });

    const kin = data?.actor?.__typename === 'Person' ? data.actor.kin : [];
    expect(errors).toEqual([]);
    expect(kin.length).toBeGreaterThan(0);
    for (const { basis } of kin) expect(basis).toEqual(expect.any(String));
  });
});
