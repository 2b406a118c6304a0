import { readSupergraph } from '@dossier/execution/supergraph';
import fc from 'fast-check';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  isObjectType,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { startFederation } from '../support/federation.js';
import { comparable } from './comparable.js';
import { operationOf } from './operations.js';
import { type RandomGraph, randomGraph } from './supergraphs/index.js';

/** Supergraphs compared; the environment selects the long form. */
const RUNS = Number(process.env['SUPERGRAPH_RUNS'] ?? 10);
/** The first seed; another one compares other supergraphs. */
const SEED = Number(process.env['SUPERGRAPH_SEED'] ?? 20221126);
/** Milliseconds. A busy machine must not look like a wrong response. */
const PATIENT = { connectMs: 60_000, timeoutMs: 60_000, requestMs: 60_000 };
/** Operations compared on each. */
const OPERATIONS = 12;

/** The graph as one executable schema. */
function singleSchema(api: GraphQLSchema, { referenceResolvers }: RandomGraph): GraphQLSchema {
  const schema = buildSchema(printSchema(api));
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type))
      for (const field of Object.values(type.getFields()))
        field.resolve = referenceResolvers[type.name]?.[field.name] ?? ((parent) => parent?.[field.name]);
  return schema;
}

describe('a generated supergraph', () => {
  it('gives the same response as one executable schema with the same data', {
    timeout: 60_000 + RUNS * 5_000,
  }, async () => {
    const counts = { composed: 0, refused: 0, compared: 0 };
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), async (seed) => {
        const graph = randomGraph(seed);
        let supergraphSdl = '';
        const change = (sdl: string) => (supergraphSdl = sdl);
        const federation = await startFederation(graph.subgraphs, { change, subgraphs: PATIENT }).catch(
          (error: Error) => {
            if (!supergraphSdl) return null;
            throw error;
          },
        );
        if (!federation) {
          counts.refused++;
          return;
        }
        counts.composed++;
        try {
          const api = readSupergraph(supergraphSdl).apiSchema;
          const schema = singleSchema(api, graph);
          for (let index = 0; index < OPERATIONS; index++) {
            const operation = index % 4 === 3 ? 'mutation' : 'query';
            const { query, variables } = operationOf(api, graph.ids, seed + index, {
              misleading: index % 2 === 0,
              typenames: index % 3 === 0,
              operation,
            });
            const document = parse(query);
            if (validate(schema, document).length > 0) continue;
            counts.compared++;
            graph.reset();
            const expected = comparable(await execute({ schema, document, variableValues: variables }));
            graph.reset();
            const { data, errors } = await federation.ask(query, variables);
            expect(
              comparable({ data, errors } as unknown as ExecutionResult),
              `seed ${seed}, operation ${index}\n${query}\n${JSON.stringify(variables)}`,
            ).toEqual(expected);
          }
        } finally {
          await federation.close();
        }
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(counts.composed).toBeGreaterThan(RUNS * 0.8);
    expect(counts.compared).toBeGreaterThan(RUNS * OPERATIONS * 0.5);
  });
});
