import { readFileSync } from 'node:fs';
import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { openGraph, PlanningError } from '@dossier/execution';
import { startEmbedded, supergraphFile } from '@dossier/gateway';
import { InvalidPageSizes, LimitExceeded, OperationGuard, type OperationLimits } from '@dossier/operation-limits';
import Database from 'better-sqlite3';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import type { Operation } from './operations.js';

/** What an operation needs. */
export interface Measures {
  /** Fetches of its plan, each for one path. */
  plannedFetches: number;
  /** SQL statements, and the rows that they return. */
  statements: number;
  rows: number;
  /** Objects and leaves of the response, as MAX_COST counts them. */
  values: number;
  /** Bytes of the response. */
  bytes: number;
}

/** The whole graph in this process with the limits of a gateway. */
export interface MeasuredGraph {
  schema: GraphQLSchema;
  /** The cost of an operation; null if the limits do not admit it. */
  costOf: (operation: Operation) => number | null;
  /** Plans an operation, and sends it by HTTP. */
  measure: (operation: Operation) => Promise<{ measures: Measures; data: unknown; codes: readonly unknown[] }>;
  close: () => Promise<void>;
}

/** No clock: what is measured must not depend on the machine. */
const UNLIMITED_MS = 600_000;
const planningOptions = { maxPlanMs: UNLIMITED_MS, maxPaths: 100 };

/** Opens the graph on stores; `changed` limits replace the default ones. */
export async function measuredGraph(dataDir: string, changed: Partial<OperationLimits> = {}): Promise<MeasuredGraph> {
  const defaults = limitOptions(readConfig(gatewayLimits, {}));
  const limits = { ...(defaults.limits as OperationLimits), ...changed };
  const counted = { statements: 0, rows: 0 };
  const restore = countRows(counted);
  let fetches = 0;
  const supergraphSdl = readFileSync(supergraphFile, 'utf8');
  const options = {
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    requestMs: UNLIMITED_MS,
    planning: planningOptions,
  };
  const [graph, planning] = await Promise.all([
    startEmbedded({ ...defaults, limits, ...options }),
    openGraph(supergraphSdl, {
      ...planningOptions,
      maxEvaluatedPlans: 100,
      maxWaiting: 1,
      onPlanned: (_, plan) => {
        fetches = JSON.stringify(plan).match(/"kind":"Fetch"/g)?.length ?? 0;
      },
    }),
  ]);
  const { apiSchema: schema } = planning;
  const guard = new OperationGuard(limits, schema, supergraphSdl);

  const plannedFetches = async ({ query, variables }: Operation): Promise<number> => {
    fetches = 0;
    const document = parse(query);
    try {
      await planning.prepare(document, operationOf(document)).planFor(variables);
    } catch (error) {
      if (!(error instanceof PlanningError)) throw error;
    }
    return fetches;
  };
  return {
    schema,
    costOf: ({ query, variables }) => {
      if (Buffer.byteLength(JSON.stringify(variables)) > (defaults.maxVariablesBytes as number)) return null;
      try {
        guard.checkText(query);
        const document = parse(query);
        guard.checkDocument(document);
        if (validate(schema, document).length > 0) return null;
        return guard.costOf(document, operationOf(document))(variables);
      } catch (error) {
        if (error instanceof LimitExceeded || error instanceof InvalidPageSizes) return null;
        throw error;
      }
    },
    measure: async (operation) => {
      const planned = await plannedFetches(operation);
      Object.assign(counted, { statements: 0, rows: 0 });
      const response = await fetch(`${graph.url}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(operation),
      });
      const text = await response.text();
      const { data, errors = [] } = JSON.parse(text) as {
        data?: unknown;
        errors?: { extensions: { code: unknown } }[];
      };
      const measures = { plannedFetches: planned, ...counted, values: valuesIn(data), bytes: Buffer.byteLength(text) };
      return { measures, data, codes: [...new Set(errors.map(({ extensions }) => extensions.code))] };
    },
    close: async () => {
      restore();
      await Promise.all([graph.close(), planning.close()]);
    },
  };
}

const operationOf = ({ definitions }: DocumentNode): OperationDefinitionNode =>
  definitions[0] as OperationDefinitionNode;

/** Objects and leaves below a value; `__typename` under its own name is not one. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const isList = Array.isArray(value);
  return Object.entries(value).reduce(
    (sum, [key, child]) => sum + (key === '__typename' || (Array.isArray(child) && !isList) ? 0 : 1) + valuesIn(child),
    0,
  );
}

/** Counts the statements of this process and their rows, also those that one row holds as JSON. */
function countRows(counted: { statements: number; rows: number }): () => void {
  const memory = new Database(':memory:');
  const prototype = Object.getPrototypeOf(memory.prepare('select 1')) as { all: (...values: unknown[]) => unknown[] };
  memory.close();
  const { all } = prototype;
  prototype.all = function (...values) {
    const rows = all.apply(this, values);
    counted.statements++;
    for (const row of rows)
      counted.rows +=
        Array.isArray(row) && row.length === 1 && String(row[0]).startsWith('[')
          ? (JSON.parse(String(row[0])) as unknown[]).length
          : 1;
    return rows;
  };
  return () => {
    prototype.all = all;
  };
}
