import type { RunningGateway } from '@dossier/gateway';
import { expect } from 'vitest';
import { dayOf } from './datedStores.js';
import type { SeededRandom } from './seededRandom.js';

/** A list that a period can restrict. */
interface DatedList {
  name: string;
  field: string;
  /** The field of its nodes with a date. */
  date: string;
  parent?: string;
  /** Another filter, and whether a node passes it. */
  filters: [args: string, selection: string, holds: (node: Record<string, unknown>) => boolean][];
  more?: string;
}

const STATEMENTS: Pick<DatedList, 'field' | 'date' | 'filters'> = {
  field: 'statements',
  date: 'saidOn',
  filters: [
    ['', '', () => true],
    ['kind: [PREDICTION]', 'kind', ({ kind }) => kind === 'PREDICTION'],
    ['search: "statement 12"', 'summary', ({ summary }) => /\b12/.test(summary as string)],
    ['topic: ["toll"], attribution: [EXPLICIT]', 'topics', ({ topics }) => (topics as string[]).includes('toll')],
  ],
};
const EVENTS: Pick<DatedList, 'field' | 'date' | 'filters'> = {
  field: 'events',
  date: 'date',
  filters: [
    ['', '', () => true],
    ['status: [ALLEGED]', 'status', ({ status }) => status === 'ALLEGED'],
  ],
};
const FIGURES: Pick<DatedList, 'field' | 'date' | 'filters'> = {
  field: 'tradeFigures',
  date: 'period',
  filters: [
    ['', '', () => true],
    ['flow: [IMPORT]', 'flow', ({ flow }) => flow === 'IMPORT'],
  ],
};

/** The lists of stores of `datedStores`. */
export const DATED_LISTS: DatedList[] = [
  ...['TEXT', 'SAID_ON'].flatMap((order) =>
    [undefined, 'polity:ruritania', 'document:ruritania'].map((parent) => ({
      ...STATEMENTS,
      name: `statements of ${parent ?? 'the graph'} in the order ${order}`,
      more: `, orderBy: ${order}`,
      ...(parent && { parent }),
    })),
  ),
  ...[undefined, 'polity:ruritania', 'place:strelsau'].map((parent) => ({
    ...EVENTS,
    name: `events of ${parent ?? 'the graph'}`,
    ...(parent && { parent }),
  })),
  ...[undefined, 'polity:ruritania'].map((parent) => ({
    ...FIGURES,
    name: `figures of ${parent ?? 'the graph'}`,
    ...(parent && { parent }),
  })),
];

interface Page {
  totalCount: number;
  nodes: (Record<string, unknown> & { id: string })[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

interface Span {
  earliest: string | null;
  latest: string | null;
}

interface Period {
  from: string | null;
  until: string | null;
  match: 'OVERLAPS' | 'WITHIN';
}

/** Whether a date is in a period, by the description of the filter. */
function isIn({ from, until, match }: Period, { earliest, latest }: Span): boolean {
  if (match === 'WITHIN')
    return (
      (from === null || (earliest !== null && earliest >= from)) &&
      (until === null || (latest !== null && latest <= until))
    );
  return (
    (from === null || latest === null || latest >= from) && (until === null || earliest === null || earliest <= until)
  );
}

function periodOf(random: SeededRandom): Period {
  const [from, until] = [dayOf(random), dayOf(random)].sort() as [string, string];
  const [hasFrom, hasUntil] = random.of([
    [true, true],
    [true, false],
    [false, true],
  ] as const);
  return { from: hasFrom ? from : null, until: hasUntil ? until : null, match: random.of(['OVERLAPS', 'WITHIN']) };
}

const TYPES: Readonly<Record<string, string>> = { polity: 'Polity', document: 'Document', place: 'Place' };

/** Expects that pages of a list in random periods, in both directions, and their counts, are those of its rows that are in the period. */
export async function expectPeriods(
  graph: RunningGateway,
  { name, field, date, parent, filters, more = '' }: DatedList,
  random: SeededRandom,
  rounds: number,
): Promise<void> {
  const selection = ['id', `${date} { earliest latest }`, ...filters.map(([, selected]) => selected)].join(' ');
  const read = async (variables: Record<string, unknown>, also = ''): Promise<Page> => {
    const filter = `{ from: $from, until: $until, match: $match, ${also} }`;
    const inner = `list: ${field}(first: $first, last: $last, after: $after, before: $before, filter: ${filter}${more}) {
      totalCount nodes { ${selection} } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
    const type = parent && TYPES[parent.slice(0, parent.indexOf(':'))];
    const query = `query ($first: Int, $last: Int, $after: String, $before: String, $from: Date, $until: Date, $match: SpanMatch! = OVERLAPS) {
      ${parent ? `node(id: "${parent}") { ... on ${type} { ${inner} } }` : inner} }`;
    const { data, errors } = await graph.execute({ query, variables });
    expect(JSON.stringify(errors), query).toBeUndefined();
    const found = data as { list?: Page; node?: { list: Page } };
    return (found.list ?? found.node?.list) as Page;
  };
  const all: Page['nodes'] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { nodes, pageInfo } = await read({ first: 100, after });
    all.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  }
  // Otherwise hardly any date would be near the ends of a period.
  expect(all.length).toBeGreaterThan(30);
  for (let round = 0; round < rounds; round++) {
    const period = periodOf(random);
    const [also, , holds] = random.of(filters);
    const expected = all.filter((node) => isIn(period, node[date] as Span) && holds(node)).map(({ id }) => id);
    const size = random.below(8);
    const isLast = random.chance(50);
    const pageArgs = { ...period, [isLast ? 'last' : 'first']: size };
    const label = `${name} ${also} ${JSON.stringify(pageArgs)}`;

    const page = await read(pageArgs, also);
    const shown = isLast ? expected.slice(Math.max(0, expected.length - size)) : expected.slice(0, size);
    expect(idsOf(page), label).toEqual(shown);
    expect(page.totalCount, label).toBe(expected.length);
    expect(isLast ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage, label).toBe(expected.length > size);

    const { edges } = await read({ ...period, first: 100 }, also);
    if (edges.length === 0) continue;
    const at = random.below(edges.length);
    const next = await read({ ...pageArgs, [isLast ? 'before' : 'after']: edges[at]?.cursor }, also);
    const rest = isLast ? expected.slice(Math.max(0, at - size), at) : expected.slice(at + 1, at + 1 + size);
    expect(idsOf(next), `${label} from ${expected[at]}`).toEqual(rest);
  }
}

const idsOf = ({ nodes }: Page): string[] => nodes.map(({ id }) => id);
