import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateways, type TestGateways } from '../support/gateways.js';
import { inventoryOperations, operationsOfInventory } from '../support/needs.js';

const manifest = JSON.parse(readFileSync(join(workspaceRoot(), 'packages/client/manifest.json'), 'utf8')) as {
  operations: { id: string; name: string; body: string }[];
};

const texts = (folder: string): [name: string, text: string][] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.graphql'))
        .map((file) => [basename(file), readFileSync(join(folder, file), 'utf8')])
    : [];

const operations: [name: string, text: string][] = [
  ...manifest.operations.map(({ id, name, body }): [string, string] => [`${name} (${id.slice(0, 7)})`, body]),
  ...texts(join(workspaceRoot(), 'tests/golden')),
  [
    'introspection of everything',
    getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    }),
  ],
];

const ofInventory: [name: string, text: string][] =
  inventoryOperations !== null && !operationsOfInventory.isMissing ? texts(inventoryOperations) : [['operations', '']];

describe('the default limits of the gateway and the services', () => {
  let gateways: TestGateways;
  beforeAll(async () => {
    gateways = await openGateways();
  });
  afterAll(() => gateways.close());

  const expectAllowed = async (_: string, query: string) => {
    for (const ask of [gateways.ask.own, gateways.ask.stock]) {
      const { data, errors } = await ask(query, { first: 100 });
      expect(JSON.stringify(errors ?? [])).not.toMatch(/TOO_|SUBGRAPH/);
      // Some need variables that are not given here; what matters is that they were not rejected for their size.
      expect(data !== undefined || JSON.stringify(errors).includes('BAD_USER_INPUT')).toBe(true);
    }
  };

  it.each(operations)('allow %s', expectAllowed);
  it.skipIf(operationsOfInventory.isMissing).each(ofInventory)(
    'allow %s from the inventory',
    operationsOfInventory.options,
    expectAllowed,
  );
});
