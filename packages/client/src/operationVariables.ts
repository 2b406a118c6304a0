import { operations } from './generated/operations.js';

/** Values of the variables of an operation, by the name of the variable. */
type Variables = Record<string, string | string[]>;

/** Runs an operation, and returns its data; null if there is none. */
type Execute = (query: string, variables: Record<string, unknown>) => Promise<unknown>;

const STATEMENT = `fragment Found on Statement {
  id summary topics citations { id } attribution { speakers { id name } }
}`;

/** Something of each kind that the operations ask about. */
const LOOKUP = `query OperationVariables($ids: [ID!]!) {
  nodes(ids: $ids) { id }
  documents(first: 1) { nodes { id tensions { id } } }
  places(first: 1) { nodes { id name } }
  events(first: 1) { nodes { id } }
  statements(first: 1, filter: { attribution: [EXPLICIT] }) { nodes { ...Found } }
  provisionLinks(first: 20) {
    nodes { statement { ...Found } provision { id inForceFrom instrument { id regime { id } } } }
  }
  quotations(first: 20) { nodes { speaker { id } } }
  designations(first: 1) { nodes { listed { earliest latest } } }
  tradeFigures(first: 20) { nodes { id reporter { id } partner { id } flow measure } }
}
${STATEMENT}`;

type Nodes<Node> = { nodes: (Node | null)[] } | null;
interface Id {
  id: string;
}
interface Statement extends Id {
  summary: string;
  topics: string[];
  citations: (Id | null)[];
  attribution: { speakers: ((Id & { name: string }) | null)[] };
}
/** The response to `LOOKUP`. What crosses services is null if a service is down. */
interface Found {
  nodes: (Id | null)[];
  documents: Nodes<Id & { tensions: Id[] }>;
  places: Nodes<Id & { name: string }>;
  events: Nodes<Id>;
  statements: Nodes<Statement>;
  provisionLinks: Nodes<{
    statement: Statement | null;
    provision: (Id & { inForceFrom: string; instrument: Id & { regime: Id } }) | null;
  }>;
  quotations: Nodes<{ speaker: Id | null }>;
  designations: Nodes<{ listed: { earliest: string | null; latest: string | null } }>;
  tradeFigures: Nodes<Id & { reporter: Id | null; partner: Id | null; flow: string; measure: string }>;
}

/** The ids that the operations have as default values: those of the seeds of this repository. */
const defaultIds: readonly string[] = [
  ...new Set(operations.flatMap(({ text }) => [...text.matchAll(/"([a-z]+:[^"\s]+)"/g)].map(([, id = '']) => id))),
];

/**
 * Variables with which the operations find something in the data that is served, by the name of the operation. Empty if that data has what the
 * default values name, or if nothing can be looked up, e.g. because the gateway only accepts trusted documents.
 */
export async function operationVariables(execute: Execute): Promise<Record<string, Variables>> {
  const found = (await execute(LOOKUP, { ids: defaultIds }).catch(() => null)) as Found | null;
  if (!found || found.nodes.every((node) => node !== null)) return {};
  const values = valuesIn(found);
  return Object.fromEntries(
    operations.flatMap(({ name, text }) => {
      const declared = [...text.slice(0, text.indexOf('{\n')).matchAll(/\$(\w+):(?: ID! = "([a-z]+):)?/g)];
      const own: Record<string, unknown> = { ...values, ...values.byOperation[name] };
      const variables = declared.flatMap(([, variable = '', kind]) => {
        const value = variable === 'id' && kind !== undefined ? values.byKind(kind) : own[variable];
        return value == null ? [] : [[variable, value] as const];
      });
      return variables.length > 0 ? [[name, Object.fromEntries(variables) as Variables]] : [];
    }),
  );
}

const nodesOf = <Node>(list: Nodes<Node> | undefined): Node[] =>
  list?.nodes.filter((node): node is Node & object => node !== null) ?? [];

/** A value for each variable, null for one that the data has nothing for. Some operations need a more specific one. */
function valuesIn(found: Found) {
  const link = nodesOf(found.provisionLinks).find(({ statement, provision }) => statement && provision);
  const statement = link?.statement ?? nodesOf(found.statements)[0];
  const provision = link?.provision;
  const speaker = statement?.attribution.speakers.find((actor) => actor !== null);
  const figures = nodesOf(found.tradeFigures);
  const figure = figures.find(({ reporter, partner, measure }) => reporter && partner && measure === 'TRADE_VALUE');
  const listed = nodesOf(found.designations)[0]?.listed;
  const provisionsInForce = { on: provision?.inForceFrom, regime: provision?.instrument.regime.id };
  const firstDocument = nodesOf(found.documents)[0];
  const document = firstDocument?.id;
  const place = nodesOf(found.places)[0];
  const quoted = nodesOf(found.quotations).find((quotation) => quotation.speaker)?.speaker?.id;
  const ids = [statement?.id, provision?.id, figures[0]?.id, speaker?.id].filter((id) => id !== undefined);
  return {
    actor: speaker?.id,
    statement: statement?.id,
    statements: statement && [statement.id],
    tension: firstDocument?.tensions[0]?.id,
    citation: statement?.citations[0]?.id,
    document,
    provision: provision?.id,
    /** An id of the same kind as that of a default value, by its prefix. */
    byKind: (kind: string): string | undefined => {
      const known: Record<string, string | undefined> = {
        document,
        event: nodesOf(found.events)[0]?.id,
        figure: figures[0]?.id,
        instrument: provision?.instrument.id,
        place: place?.id,
        provision: provision?.id,
        regime: provision?.instrument.regime.id,
        statement: statement?.id,
      };
      return kind in known ? known[kind] : speaker?.id;
    },
    ids: ids.length > 0 ? ids : undefined,
    name: speaker?.name,
    words: longestWordOf(statement?.summary),
    topic: statement?.topics.slice(0, 1),
    reporter: figure?.reporter?.id,
    partner: figure?.partner?.id,
    flow: figure?.flow,
    byOperation: {
      OwnWords: { actor: quoted },
      ReaderPassages: { ids: statement?.citations.flatMap((citation) => (citation ? [citation.id] : [])) },
      AssistantQuotations: { speaker: quoted },
      AssistantStatements: { speaker: speaker?.id },
      AssistantTradeFigures: { measure: figure && [figure.measure] },
      ProvisionsInForce: provisionsInForce,
      AssistantProvisionsInForce: provisionsInForce,
      ListedOn: { on: listed?.earliest ?? listed?.latest },
      TradeCompared: {
        reporter: figures.find(({ measure, reporter }) => reporter && measure === 'RATIO')?.reporter?.id,
      },
      ReaderFindActors: { words: longestWordOf(speaker?.name) },
      ReaderFindPlaces: { words: longestWordOf(place?.name) },
      // Of all reporters, and with all figures.
      DerivedFigures: { reporter: null },
    } as Record<string, Record<string, unknown>>,
  };
}

const longestWordOf = (text = ''): string | undefined =>
  (text.match(/\p{L}+/gu) ?? []).toSorted((a, b) => b.length - a.length)[0];
