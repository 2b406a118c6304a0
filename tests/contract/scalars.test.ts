import { scalarResolvers } from '@dossier/domain';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { openServices, SERVICES, type TestServices } from '../support/services.js';

const SPECIFICATIONS = {
  Date: 'https://www.rfc-editor.org/rfc/rfc3339.html#section-5.6',
  Decimal: 'https://www.w3.org/TR/xmlschema11-2/#decimal',
  EDTF: 'https://www.loc.gov/standards/datetime/',
};
const INTROSPECTION = `{ ${Object.keys(SPECIFICATIONS)
  .map((name) => `${name}: __type(name: "${name}") { specifiedByURL }`)
  .join(' ')} }`;
const EXPECTED = Object.fromEntries(
  Object.entries(SPECIFICATIONS).map(([name, specifiedByURL]) => [name, { specifiedByURL }]),
);

describe('the custom scalars name their specifications in the introspection', () => {
  let graph: TestGraph;
  let services: TestServices;
  beforeAll(async () => {
    graph = await startGraph();
    services = openServices();
  });
  afterAll(async () => {
    services.close();
    await graph.close();
  });

  it('of the gateway', async () => {
    expect(await graph.query(INTROSPECTION)).toEqual({ data: EXPECTED });
  });

  it.each(Object.keys(SERVICES))('of the service %s', async (name) => {
    const schema = services.subgraphs.find((subgraph) => subgraph.name === name)?.schema;

    const { data } = await graphql({ schema: schema as NonNullable<typeof schema>, source: INTROSPECTION });

    expect({ ...data }).toEqual(EXPECTED);
  });
});

describe('what the scalars accept is valid by their specifications', () => {
  /** XML Schema 1.1 Part 2, 3.3.3.1: decimalLexicalRep. */
  const XSD_DECIMAL = /^(\+|-)?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/;
  /** RFC 3339, 5.6: full-date. */
  const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;
  const accepts = (scalar: 'Date' | 'Decimal', text: string): boolean => {
    try {
      scalarResolvers[scalar].parseValue(text);
      return true;
    } catch {
      return false;
    }
  };

  it.each(['0', '-0', '42740000', '-10.77', '0.50', '007', '+5', '.5', '5.', '1e3', '1,000', 'NaN', 'INF', ' 5', '٣'])(
    'a decimal: %s',
    (text) => {
      expect(accepts('Decimal', text) && !XSD_DECIMAL.test(text)).toBe(false);
    },
  );

  it.each(['2022-08-19', '0001-01-01', '2022-8-1', '2022-02-30', '12022-01-01', '-0001-01-01', '2022-08-19Z'])(
    'a date: %s',
    (text) => {
      expect(accepts('Date', text)).toBe(FULL_DATE.test(text) && text !== '2022-02-30');
    },
  );
});
