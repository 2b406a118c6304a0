import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations, operationVariables } from '@dossier/client';
import { gatewayLimits, limitOptions, readConfig, workspaceRoot } from '@dossier/config';
import { examplesFor, type RunningGateway, seedAll, startEmbedded } from '@dossier/gateway';
import { getOwn } from '@dossier/graphql';
import { readSeeds } from '@dossier/seed-format';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';

const SEEDS = join(workspaceRoot(), 'examples/seeds');
const DOCUMENTS = join(workspaceRoot(), 'examples/documents');
const DOCUMENT = 'salt-strait-77';

describe('the example', () => {
  const { seeds, problems } = readSeeds(SEEDS, { documentsDir: DOCUMENTS });

  it('passes every check with its text', () => {
    expect(problems).toEqual([]);
  });

  it('has a record of every kind', () => {
    const sections = Object.entries(seeds ?? {});

    expect(sections.length).toBeGreaterThan(15);
    expect(sections.filter(([, records]) => records.length === 0).map(([section]) => section)).toEqual([]);
  });

  it('has three speakers, a relay chain of three carriers, an alias in another script, and a derived figure', () => {
    const chains = seeds?.statements.map(({ attribution }) => attribution.relayChain.length) ?? [];
    const speakers = new Set(seeds?.statements.flatMap(({ attribution }) => attribution.speakers));
    const aliases = seeds?.actors.flatMap(({ aliases: names }) => names.map(({ text }) => text)) ?? [];

    expect(speakers.size).toBeGreaterThanOrEqual(3);
    expect(Math.max(...chains)).toBe(3);
    expect(aliases.filter((alias) => /[^\p{Script=Latin}\p{Script=Common}]/u.test(alias))).not.toEqual([]);
    expect(seeds?.figures.map(({ basis }) => basis)).toContain('DERIVED');
  });

  it('shares no id with the real seeds', () => {
    const idsOf = (dir: string) =>
      Object.values(readSeeds(dir).seeds ?? {}).flatMap((records: { id: string }[]) => records.map(({ id }) => id));
    const real = new Set(idsOf(join(workspaceRoot(), 'seeds')));

    expect(idsOf(SEEDS).filter((id) => real.has(id))).toEqual([]);
  });

  it('can be built without its document', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'dossier-example-'));
    try {
      cpSync(join(SEEDS, 'register'), join(dir, 'seeds/register'), { recursive: true });

      await expect(seedAll({ dataDir: join(dir, 'data'), seedsDir: join(dir, 'seeds') })).resolves.not.toThrow();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('is started with seeds, texts and stores of its own', () => {
    const { scripts } = JSON.parse(readFileSync(join(workspaceRoot(), 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };

    expect(scripts['example']).toBe(
      `SEEDS_DIR=examples/seeds DOCUMENTS_DIR=examples/documents DATA_DIR=data/example ${scripts['start']}`,
    );
  });
});

describe('the graph of the example', () => {
  let dataDir: string;
  let running: RunningGateway;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'dossier-example-'));
    await seedAll({ dataDir, seedsDir: SEEDS });
    running = await startEmbedded({
      port: 0,
      host: '127.0.0.1',
      corsOrigins: [],
      dataDir,
      seedsDir: null,
      documentsDir: DOCUMENTS,
      ...limitOptions(readConfig(gatewayLimits, {})),
    });
  });
  afterAll(async () => {
    await running.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const query = async (source: string, variables: Record<string, unknown> = {}) =>
    JSON.parse(JSON.stringify(await running.execute({ query: source, variables }))) as {
      data: Record<string, unknown>;
      errors?: unknown;
    };

  it('answers who said what, through whom, with the words', async () => {
    const { data, errors } = await query(`{
      statement(id: "statement:${DOCUMENT}/S02") {
        attribution { status speakers { name } relayChain { carrier { name } } }
        quotations { citations { excerpt availability } }
        provisionLinks { provision { paragraph citations { excerpt } } }
      }
    }`);

    expect(errors).toBeUndefined();
    expect(data['statement']).toMatchObject({
      attribution: {
        status: 'EXPLICIT',
        speakers: [{ name: 'Ilvane Torrusk' }],
        relayChain: [
          { carrier: { name: 'Radio Quelm' } },
          { carrier: { name: 'Ostrenza Tidings' } },
          { carrier: { name: 'Lantern Wire' } },
        ],
      },
      quotations: [
        { citations: [{ excerpt: 'will carry its first salt before the month is out', availability: 'VERIFIED' }] },
      ],
      provisionLinks: [
        { provision: { paragraph: '7', citations: [{ excerpt: expect.stringMatching(/^paragraph 7: /) }] } },
      ],
    });
  });

  it('is offered with operations about its own data, and the real seeds with others', async () => {
    const offered = await examplesFor(async (source) => (await query(source)).data);
    const graph = await startGraph();
    const others = await examplesFor(async (source) => (await graph.query(source)).data).finally(() => graph.close());

    const queriesOf = (examples: { query: string }[]) => examples.map((example) => example.query);
    expect(queriesOf(offered).slice(1)).not.toEqual([]);
    expect(queriesOf(others).slice(1)).not.toEqual([]);
    // The first is for any data set.
    expect(queriesOf(offered).filter((source) => queriesOf(others).includes(source))).toEqual([queriesOf(offered)[0]]);
  });

  it('has variables of its own for the operations of the client, which find something, and the real seeds have none', async () => {
    const variables = await operationVariables(async (source, values) => (await query(source, values)).data);
    const graph = await startGraph();
    const others = await operationVariables(async (source, values) => (await graph.query(source, values)).data).finally(
      () => graph.close(),
    );

    expect(others).toEqual({});
    const withIds = operations.filter(({ text }) => /"[a-z]+:[^"\s]+"/.test(text)).map(({ name }) => name);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(withIds));
    for (const { name, text } of operations.filter((operation) => Object.hasOwn(variables, operation.name))) {
      const { data, errors } = await query(text, getOwn(variables, name));
      expect([name, errors]).toEqual([name, undefined]);
      expect(Object.values(data).map((field) => [name, isEmpty(field)])).toContainEqual([name, false]);
    }
  });

  it('finds an actor by a name in another script, and derives a figure that the text does not print', async () => {
    const { data, errors } = await query(`{
      actors(filter: { search: "켈마르크" }, first: 1) { nodes { name } }
      node(id: "figure:${DOCUMENT}/D01") { ... on TradeFigure { value lowerBound upperBound derivation { formula } } }
    }`);

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      actors: { nodes: [{ name: 'Quelmark' }] },
      node: {
        value: '10508475',
        lowerBound: '10421940',
        upperBound: '10595745',
        derivation: { formula: 'F01 / (1 + F02 / 100)' },
      },
    });
  });
});

/** Whether a root field found nothing: null, an empty list, or an object with an empty list of nodes, edges or points. */
function isEmpty(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return true;
  if (Array.isArray(field)) return field.every((item) => item === null);
  return ['nodes', 'edges', 'points'].some(
    (list) =>
      Array.isArray((field as Record<string, unknown>)[list]) &&
      (field as Record<string, unknown[]>)[list]?.length === 0,
  );
}
