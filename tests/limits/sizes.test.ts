import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import {
  type GraphQLField,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

const supergraphSdl = readFileSync(supergraphFile, 'utf8');
const { apiSchema } = readSupergraph(supergraphSdl);

/** The assumed size of each list by its coordinate, without pages. */
const assumed = new Map<string, number>();
for (const definition of parse(supergraphSdl).definitions) {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
  for (const { name, directives } of definition.fields ?? []) {
    const size = directives
      ?.find((directive) => directive.name.value === 'listSize')
      ?.arguments?.find((argument) => argument.name.value === 'assumedSize')?.value;
    if (size?.kind === Kind.INT) assumed.set(`${definition.name.value}.${name.value}`, Number(size.value));
  }
}

type Around = (inner: string) => string;
type Field = GraphQLField<unknown, unknown>;

const needsArgument = ({ args }: Field): boolean =>
  args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);

/** The shortest path to each type that needs no argument, with all objects of the type. */
function ways(): Map<string, Around> {
  const found = new Map<string, Around>([['Query', (inner) => `{ ${inner} }`]]);
  for (const [name, around] of found) {
    const type = apiSchema.getType(name);
    const add = (to: string, way: Around) => !found.has(to) && found.set(to, way);
    if (isInterfaceType(type))
      for (const possible of apiSchema.getPossibleTypes(type))
        add(possible.name, (inner) => around(`... on ${possible.name} { ${inner} }`));
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (needsArgument(field) || !isCompositeType(getNamedType(field.type))) continue;
      const page = field.args.some((argument) => argument.name === 'first') ? '(first: 100)' : '';
      add(getNamedType(field.type).name, (inner) => around(`${field.name}${page} { ${inner} }`));
    }
  }
  return found;
}

/** Every list of objects that these paths reach. */
const lists = [...ways()].flatMap(([name, around]) => {
  const type = apiSchema.getType(name);
  if (!isObjectType(type) || name.endsWith('Connection')) return [];
  return Object.values(type.getFields())
    .filter(
      (field) =>
        isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)) && !needsArgument(field),
    )
    .map(({ name: field }) => ({ coordinate: `${name}.${field}`, query: around(`counted: ${field} { __typename }`) }));
});

function lengthsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'counted' && Array.isArray(inner) ? [inner.length] : lengthsIn(inner),
  );
}

describe('the assumed size of a list is at least its length in nine cases of ten', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it('for most lists of the graph', () => {
    expect(lists.length).toBeGreaterThan(80);
  });

  it.each(lists)('for $coordinate', async ({ coordinate, query }) => {
    const { data, errors } = await graph.query(query);

    expect(errors).toBeUndefined();
    const lengths = lengthsIn(data).sort((one, other) => one - other);
    expect(lengths[Math.ceil(lengths.length * 0.9) - 1] ?? 0).toBeLessThanOrEqual(assumed.get(coordinate) ?? 0);
  });
});
