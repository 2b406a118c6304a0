import { readFileSync } from 'node:fs';
import { openPlanning, PlanningError } from '@dossier/execution/planning';
import { type RunningGateway, startEmbedded, supergraphFile } from '@dossier/gateway';
import { OperationCache, OperationRejected, RequestFault } from '@dossier/server';
import { gatewayLimits, limitOptions, readConfig } from '@dossier/subgraph';
import Database from 'better-sqlite3';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, specifiedRules, validate } from 'graphql';
import type { Operation, Vocabulary } from './genome.js';

/** The plan of an operation. */
export interface Planned {
  fetches: number;
  /** Characters of it as JSON. */
  size: number;
}

/** What an operation takes to be executed. */
export interface Executed {
  /** SQL statements, and the rows that they gave. */
  statements: number;
  rows: number;
  /** Fetches from services, and the entities that they asked for. */
  fetches: number;
  representations: number;
  /** Characters of the response, and the objects and leaves in it. */
  bytes: number;
  values: number;
  /** CPU milliseconds of all its SQL statements, and of the slowest. */
  sqlMs: number;
  slowestMs: number;
  codes: string[];
}

/** The whole graph in this process with the default limits, which measures operations. */
export interface MeasuredGraph {
  schema: GraphQLSchema;
  vocabulary: Vocabulary;
  maxCost: number;
  /** What the response may cost; null if the operation is rejected. */
  costOf: (operation: Operation) => number | null;
  /** How often validation reads a property of the document: what it does is more than what it finds. */
  validate: (operation: Operation) => number;
  /** The canonical form; null if that becomes too large. */
  rewrite: (operation: Operation) => string | null;
  /** The plan; one of nothing if it cannot be planned within the limits on paths and memory. */
  plan: (operation: Operation) => Promise<Planned>;
  execute: (operation: Operation) => Promise<Executed>;
  close: () => Promise<void>;
}

const NO_LIMIT_MS = 600_000;
const supergraphSdl = readFileSync(supergraphFile, 'utf8');
export const DEFAULTS = limitOptions(readConfig(gatewayLimits, {}));

export async function measuredGraph(dataDir: string, limits: Partial<typeof DEFAULTS> = {}): Promise<MeasuredGraph> {
  const options = { ...DEFAULTS, ...limits };
  const counted = { statements: 0, rows: 0, fetches: 0, representations: 0, sqlMs: 0, slowestMs: 0 };
  const restore = countRows(counted);
  const graph: RunningGateway = await startEmbedded({
    ...options,
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    requestMs: NO_LIMIT_MS,
    onFetch: (_service, representations) => {
      counted.fetches++;
      counted.representations += representations;
    },
  });
  // A plan that takes long is rejected by the clock, which no search could repeat.
  const planning = await openPlanning(supergraphSdl, { maxEvaluatedPlans: 100, maxPaths: 100, maxPlanMs: NO_LIMIT_MS, maxWaiting: 1 });
  const { apiSchema: schema } = planning;
  let parsed: { document: DocumentNode; operation: OperationDefinitionNode } | null = null;
  const operations = new OperationCache(
    {
      schema,
      coreSdl: supergraphSdl,
      prepare: (prepared) => {
        parsed = prepared;
        return { planFor: () => Promise.reject(new Error('Operations are not executed here.')) };
      },
    },
    { limits: options.limits as NonNullable<typeof options.limits> },
  );

  const prepare = ({ query }: Operation): { document: DocumentNode; operation: OperationDefinitionNode } => {
    parsed = null;
    operations.prepare(query, null);
    if (!parsed) throw new Error('The operation was not prepared.');
    return parsed;
  };
  const rewrite = (operation: Operation): string | null => {
    const prepared = prepare(operation);
    try {
      const { source, isEmpty } = planning.rewrite(prepared.document, prepared.operation, operation.variables);
      return isEmpty ? null : source;
    } catch (error) {
      if (error instanceof PlanningError) return null;
      throw error;
    }
  };
  const measured: MeasuredGraph = {
    schema,
    vocabulary: { ids: new Map(), words: [], texts: [] },
    maxCost: options.limits?.cost ?? Number.POSITIVE_INFINITY,
    costOf: ({ query, variables }) => {
      if (Buffer.byteLength(JSON.stringify(variables)) > (options.variablesBytes ?? Number.POSITIVE_INFINITY)) return null;
      try {
        return operations.prepare(query, null).costOf(variables);
      } catch (error) {
        if (error instanceof RequestFault || error instanceof OperationRejected) return null;
        throw error;
      }
    },
    validate: (operation) => readsOf(prepare(operation).document, (document) => validate(schema, document, specifiedRules, { maxErrors: 1 })),
    rewrite,
    plan: async (operation) => {
      const source = rewrite(operation);
      if (source === null) return NO_PLAN;
      try {
        const plan = JSON.stringify(await planning.plan(source));
        return { size: plan.length, fetches: plan.match(/"kind":"Fetch"/g)?.length ?? 0 };
      } catch (error) {
        if (error instanceof PlanningError) return NO_PLAN;
        throw error;
      }
    },
    execute: async ({ query, variables }) => {
      Object.assign(counted, { statements: 0, rows: 0, fetches: 0, representations: 0, sqlMs: 0, slowestMs: 0 });
      const { data, errors = [] } = await graph.execute({ query, variables });
      const text = JSON.stringify({ ...(errors.length > 0 && { errors }), data });
      return { ...counted, bytes: text.length, values: valuesIn(data ?? {}), codes: [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))] };
    },
    close: async () => {
      restore();
      await Promise.all([graph.close(), planning.close()]);
    },
  };
  measured.vocabulary = await vocabularyOf(graph);
  return measured;
}

const NO_PLAN: Planned = { fetches: 0, size: 0 };

/** How often a property of a document, or of a node in it, is read. */
function readsOf(document: DocumentNode, read: (document: DocumentNode) => void): number {
  let count = 0;
  const proxies = new WeakMap<object, object>();
  const proxyOf = <Target extends object>(target: Target): Target => {
    const known = proxies.get(target);
    if (known) return known as Target;
    const proxy = new Proxy(target, {
      get: (node, key) => {
        count++;
        const value: unknown = Reflect.get(node, key);
        return typeof value === 'object' && value !== null ? proxyOf(value) : value;
      },
    });
    proxies.set(target, proxy);
    return proxy;
  };
  read(proxyOf(document));
  return count;
}

/** Objects and leaves, as costs are counted. */
function valuesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + (element !== null && typeof element === 'object' ? 1 : 0) + valuesIn(element), 0);
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const inner of Object.values(value)) count += (Array.isArray(inner) && typeof inner[0] === 'object' ? 0 : 1) + valuesIn(inner);
  return count;
}

/** Counts what every statement of this process gives, also where a row is a list of rows as JSON. */
function countRows(counted: { statements: number; rows: number; sqlMs: number; slowestMs: number }): () => void {
  const memory = new Database(':memory:');
  const prototype = Object.getPrototypeOf(memory.prepare('select 1')) as { all: (...values: unknown[]) => unknown[] };
  memory.close();
  const { all } = prototype;
  prototype.all = function (...values) {
    const begun = process.cpuUsage();
    const rows = all.apply(this, values);
    const { user, system } = process.cpuUsage(begun);
    const took = (user + system) / 1000;
    counted.statements++;
    counted.sqlMs += took;
    counted.slowestMs = Math.max(counted.slowestMs, took);
    for (const row of rows) counted.rows += Array.isArray(row) && row.length === 1 && typeof row[0] === 'string' && row[0].startsWith('[') ? (JSON.parse(row[0]) as unknown[]).length : 1;
    return rows;
  };
  return () => {
    prototype.all = all;
  };
}

/** What the stores hold: ids of every type, words of statements, topics and symbols. */
async function vocabularyOf(graph: RunningGateway): Promise<Vocabulary> {
  const { data } = await graph.execute({
    query: `{
      actors(first: 60) { nodes { ...I } } documents(first: 5) { nodes { ...I } } events(first: 20) { nodes { ...I } } places(first: 10) { nodes { ...I } }
      statements(first: 100) { nodes { ...I summary topics citations { ...I } } } quotations(first: 10) { nodes { ...I } }
      provisions(first: 10) { nodes { ...I instrument { ...I symbol } } } regimes(first: 5) { nodes { ...I } } tradeFigures(first: 10) { nodes { ...I } }
    } fragment I on Node { __typename id }`,
  });
  const text = JSON.stringify(data);
  const ids = new Map<string, string[]>();
  for (const [, type = '', id = ''] of text.matchAll(/"__typename":"([^"]+)","id":"([^"]+)"/g)) {
    const known = ids.get(type) ?? [];
    if (!known.includes(id)) known.push(id);
    ids.set(type, known);
  }
  const counts = new Map<string, number>();
  for (const [, summary = ''] of text.matchAll(/"summary":"([^"]+)"/g)) for (const word of new Set(summary.toLowerCase().match(/\p{L}{2,}/gu) ?? [])) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1)).map(([word]) => word);
  const topics = [...new Set([...text.matchAll(/"topics":\[([^\]]*)\]/g)].flatMap(([, list = '']) => JSON.parse(`[${list}]`) as string[]))];
  const symbols = [...new Set([...text.matchAll(/"symbol":"([^"]+)"/g)].map(([, symbol]) => symbol as string))];
  return { ids, words, texts: [...topics, ...symbols, ...Array.from({ length: 100 }, (_, at) => `text ${at}`)] };
}
