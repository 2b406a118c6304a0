import { silentLog } from '@dossier/http-server';
import { afterEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation, type TestSubgraph } from '../support/federation.js';

let federation: TestFederation | undefined;
afterEach(async () => {
  await federation?.close();
  federation = undefined;
});

const linking = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(['@key', '@shareable', '@override', ...imports])})\n`;

const moving = (label: string): Record<string, TestSubgraph> => ({
  old: {
    sdl: `${linking()} type Good @key(fields: "id") { id: ID! price: String } type Query { goods: [Good!]! }`,
    resolvers: { Query: { goods: () => [{ id: '1', price: 'old' }] } },
  },
  next: {
    sdl: `${linking()} type Good @key(fields: "id") { id: ID! price: String @override(from: "old", label: "${label}") }`,
    resolvers: { Good: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 'next' }) } },
  },
});

const pricesOf = async (label: string, requests: number): Promise<string[]> => {
  federation = await startFederation(moving(label));
  const { ask } = federation;
  const responses = await Promise.all(
    Array.from({ length: requests }, (_, index) => ask(`{ goods { r${index}: price } }`)),
  );
  return responses.flatMap(({ data }) =>
    (data as { goods: Record<string, string>[] }).goods.flatMap((good) => Object.values(good)),
  );
};

describe('a field with a progressive override', () => {
  it.each([
    ['percent(0)', 'old'],
    ['percent(100)', 'next'],
  ])('with the label %s is resolved by the %s subgraph', async (label, expected) => {
    expect(new Set(await pricesOf(label, 20))).toEqual(new Set([expected]));
  });

  it('is resolved by both subgraphs in the proportion of its percent label', async () => {
    const fromNext = (await pricesOf('percent(30)', 400)).filter((price) => price === 'next').length;

    // A correct random selection leaves this range about once in a billion runs.
    expect(fromNext).toBeGreaterThan(400 * 0.15);
    expect(fromNext).toBeLessThan(400 * 0.45);
  });
});

describe('a supergraph with an unsupported directive that changes results', () => {
  const refusalOf = async (sdl: string, change?: (supergraph: string) => string, options = {}): Promise<unknown> =>
    startFederation({ a: { sdl } }, { ...(change && { change }), ...options }).then(
      (started) => {
        federation = started;
        return 'started';
      },
      ({ name, message }: Error) => ({
        name,
        problems: message
          .replace(/SUPERGRAPH=".*?": /g, '')
          .split('\n')
          .sort(),
      }),
    );
  const refusal = (...problems: string[]) => ({ name: 'ConfigError', problems: problems.sort() });

  it('is rejected with the directive and its coordinate', async () => {
    const sdl = `${linking('@authenticated', '@requiresScopes', '@policy')}
      type Good @authenticated { id: ID! }
      type Query { open: Int secret: Int @authenticated scoped: Good @requiresScopes(scopes: [["s"]]) ruled: Int @policy(policies: [["p"]]) }`;

    expect(await refusalOf(sdl)).toEqual(
      refusal(
        '@authenticated of Good is not supported.',
        '@policy of Query.ruled is not supported.',
        '@requiresScopes of Query.scoped is not supported.',
        '@authenticated of Query.secret is not supported.',
      ),
    );
  });

  it('is rejected also if the directive is renamed', async () => {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@authenticated", as: "@signedIn" }]) type Query { secret: Int @signedIn }`;

    expect(await refusalOf(sdl)).toEqual(refusal('@signedIn of Query.secret is not supported.'));
  });

  it('is rejected for a field argument from a context', async () => {
    const sdl = `${linking('@context', '@fromContext')}
      type Query { shop: Shop } type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String good: Good }
      type Good @key(fields: "id") { id: ID! price(currency: String @fromContext(field: "$shop { currency }")): String }`;

    expect(await refusalOf(sdl)).toEqual(
      refusal('@context of Shop is not supported.', '@fromContext of Good.price is not supported.'),
    );
  });

  it.each(['launch-darkly:price', 'percent(101)', 'percent()'])(
    'is rejected for the override label "%s"',
    async (label) => {
      const change = (supergraph: string) => supergraph.replace('percent(1)', label);
      const { old, next } = moving('percent(1)');
      const refused = await startFederation({ old: old as TestSubgraph, next: next as TestSubgraph }, { change }).catch(
        (error: Error) => error.message,
      );

      expect(refused).toContain(
        `@override(label: "${label}") of Good.price is not supported; expected a label of the form percent(25).`,
      );
    },
  );

  it('is rejected for any override label with EXECUTION=stock, because @apollo/gateway does not evaluate labels', async () => {
    const refused = await startFederation(moving('percent(50)'), { execution: 'stock' }).catch(
      (error: Error) => error.message,
    );

    expect(refused).toContain(
      '@override(label: "percent(50)") of Good.price is not supported; only EXECUTION=own supports labels.',
    );
  });

  it('is rejected for an unknown specification that is required for execution', async () => {
    const change = (supergraph: string) =>
      supergraph.replace('schema\n', 'schema\n  @link(url: "https://example.org/masked/v1.0", for: EXECUTION)\n');

    expect(await refusalOf('type Query { a: Int }', change)).toEqual(
      refusal('@link(url: "https://example.org/masked/v1.0", for: EXECUTION) of the schema is not supported.'),
    );
  });
});

describe('a supergraph with a directive that does not change results', () => {
  it('is accepted, and the log names the directive', async () => {
    const warnings: unknown[] = [];
    const log = Object.assign(silentLog.child({}), { warn: (...entry: unknown[]) => warnings.push(entry) });
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@tag", "@inaccessible"])
      @link(url: "https://example.org/team/v1.0", import: ["@team"]) @composeDirective(name: "@team")
      directive @team(name: String) on FIELD_DEFINITION
      type Query { a: Int @team(name: "one") b: Int @tag(name: "t") c: Int @inaccessible }`;
    federation = await startFederation({ a: { sdl, resolvers: { Query: { a: () => 1 } } } }, { log });

    expect((await federation.ask('{ a }')).data).toEqual({ a: 1 });
    expect(warnings).toContainEqual([
      { directives: ['@team'] },
      'the supergraph has directives that the gateway does not use',
    ]);
  });
});
