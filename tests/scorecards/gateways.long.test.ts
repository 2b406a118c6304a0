import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addTypenameToDocument } from '@apollo/client/utilities';
import { operations } from '@dossier/client';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayAnswer, openGateways, type TestGateways } from '../support/gateways.js';
import { expectCard } from './card.js';

const NAMES = ['own', 'stock', 'hive'] as const;
const goldens = join(import.meta.dirname, '../golden');
const golden = readdirSync(goldens)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => basename(file, '.graphql'));

const withTypename = (query: string): string => print(addTypenameToDocument(parse(query)));

/** The response without the type names that were added. */
const withoutTypename = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === '__typename' ? undefined : inner)));

/** All fields of an actor, from all four services. */
const ACTOR = `id name kind description note aliases { text lang } identifiers { scheme value } affiliations { to { id name } } events(first: 3) { nodes { id label } } basis citations { id }
  targetedBy { id name } designations { id listedOn }
  mentions(first: 3) { totalCount nodes { form } } statements(first: 3, role: [SPEAKER, CARRIER]) { totalCount nodes { id summary } }
  tradeFigures(first: 3) { totalCount nodes { id value } }`;

const PERSON = 'person:kim-jong-un';
/** Each path to actors, as an operation. */
const WAYS: Record<string, string> = {
  root: `{ one: actor(id: "${PERSON}") { ...Whole } two: actor(id: "polity:dpr") { ...Whole } three: actor(id: "outlet:kcna") { ...Whole } }`,
  'root, by another register': '{ actorByIdentifier(scheme: "wikidata", value: "Q7747") { ...Whole } }',
  'node, as an actor': `{ one: node(id: "${PERSON}") { ...Whole } two: node(id: "organization:un-security-council") { ...Whole } three: node(id: "group:north-korea-scholars") { ...Whole } }`,
  'node, as its type': `{ one: node(id: "${PERSON}") { ... on Person { ...Whole } } two: node(id: "polity:dpr") { ... on Polity { ...Whole } } }`,
  reference:
    '{ statements(first: 12) { nodes { attribution { speakers { ...Whole } relayChain { carrier { ...Whole } } } addressees { ...Whole } } } }',
  'reference, of sanctions':
    '{ designations(first: 5) { nodes { actor { ...Whole } } } regimes(first: 5) { nodes { authority { ...Whole } targets { ...Whole } } } }',
  'reference, of trade':
    '{ tradeFigures(first: 6) { nodes { reporter { ...Whole } partner { ...Whole } publishedBy { ...Whole } } } }',
  list: '{ actors(first: 20) { nodes { ...Whole } } }',
  edge: '{ actors(first: 20) { edges { node { ...Whole } } } }',
  office:
    '{ actors(filter: { kind: [PERSON] }, first: 20) { nodes { id ... on Person { offices { holder { ...Whole } organization { ...Whole } host { ...Whole } } } } } }',
  kinship: `{ actor(id: "${PERSON}") { ... on Person { kin { person { ...Whole } } } } }`,
  event: '{ events(first: 10) { nodes { participants { actor { ...Whole } } } } }',
};

const withActor = (operation: string): string => `${operation} fragment Whole on Actor { ${ACTOR} }`;

/** Every complete actor in a response, by its id. An id with two different results is reported. */
function actorsOf(value: unknown, found: Map<string, string> = new Map()): Map<string, string> {
  if (Array.isArray(value)) for (const element of value) actorsOf(element, found);
  else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    if (typeof record['id'] === 'string' && 'affiliations' in record && 'tradeFigures' in record) {
      const text = JSON.stringify(record);
      const known = found.get(record['id']);
      if (known !== undefined) expect(JSON.parse(text), record['id']).toEqual(JSON.parse(known));
      found.set(record['id'], text);
    }
    for (const element of Object.values(record)) actorsOf(element, found);
  }
  return found;
}

let gateways: TestGateways;
beforeAll(async () => {
  gateways = await openGateways();
}, 120_000);
afterAll(() => gateways?.close());

describe('our gateway', () => {
  it.each(golden)('gives the same response as the other gateways to the golden query %s', async (name) => {
    const query = readFileSync(join(goldens, `${name}.graphql`), 'utf8');
    const expected = JSON.parse(readFileSync(join(goldens, `${name}.json`), 'utf8')) as GatewayAnswer;

    for (const gateway of NAMES) expect(await gateways.ask[gateway](query), gateway).toEqual(expected);
  });

  it.each(operations)(
    'gives the same response as the other gateways to $name, with __typename added everywhere',
    async ({ text }) => {
      const [own, ...others] = await Promise.all(NAMES.map((name) => gateways.ask[name](withTypename(text))));

      expect(own).not.toHaveProperty('errors');
      for (const other of others) expect(other).toEqual(own);
    },
  );
});

describe('an actor', () => {
  it.each(Object.keys(WAYS))('is the same in every gateway through %s, with and without __typename', async (way) => {
    const query = withActor(WAYS[way] ?? '');
    const answers = await Promise.all(
      NAMES.flatMap((name) => [gateways.ask[name](query), gateways.ask[name](withTypename(query))]),
    );

    const [first, ...others] = answers.map(withoutTypename);
    expect(first).not.toHaveProperty('errors');
    expect(actorsOf(first).size).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(NAMES)('is the same whichever field it is reached through, in gateway: %s', async (name) => {
    const found = new Map<string, string>();
    const reached: Record<string, number> = {};
    for (const [way, operation] of Object.entries(WAYS)) {
      const { data } = await gateways.ask[name](withActor(operation));
      const here = actorsOf(data);
      expect(here.size, way).toBeGreaterThan(0);
      reached[way] = here.size;
      for (const [id, text] of here) {
        const known = found.get(id);
        if (known !== undefined) expect(JSON.parse(text), `${id} by way of ${way}`).toEqual(JSON.parse(known));
        found.set(id, text);
      }
    }

    if (name === 'own')
      expectCard(
        'ways to an actor',
        ['Way', 'actors reached'],
        Object.entries(reached).map(([way, count]) => [way, String(count)]),
      );
  });
});

describe('docs/standards.md', () => {
  it('states how many operations were compared', () => {
    expectCard(
      'gateways',
      ['Gateway', 'golden questions', 'operations of the client, with `__typename`'],
      [
        'Dossier (`EXECUTION=own`)',
        "Apollo's running of plans (`EXECUTION=stock`)",
        "Hive's gateway-runtime with its own planner",
      ].map((gateway) => [
        gateway,
        `${golden.length} of ${golden.length}`,
        `${operations.length} of ${operations.length}`,
      ]),
    );
  });
});
