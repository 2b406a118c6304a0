import { type FragmentDefinitionNode, type GraphQLFormattedError, Kind, type SelectionSetNode } from 'graphql';

/** The fields that selection sets select, by their keys in the response. */
type Fields = ReadonlyMap<string, Field>;

interface Field {
  /** Among those of its object. */
  position: number;
  sets: SelectionSetNode[];
  /** The fields of its objects, once they are needed. */
  fields: Fields | null;
}

/**
 * Errors in the order of their positions in a complete response: subgraphs, and the databases of a subgraph, respond in any order. Errors
 * at the same position are in the order of their messages.
 */
export function inOrderOfFields(
  errors: readonly GraphQLFormattedError[],
  operation: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): GraphQLFormattedError[] {
  if (errors.length < 2) return [...errors];
  const root = fieldsOf([operation], fragments);
  return errors
    .map((error) => ({ error, positions: positionsOf(error.path ?? [], root, fragments) }))
    .sort((a, b) => compare(a.positions, b.positions) || (a.error.message < b.error.message ? -1 : 1))
    .map(({ error }) => error);
}

/** The positions of the fields and elements on a path. */
function positionsOf(
  path: readonly (string | number)[],
  root: Fields,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number[] {
  let fields = root;
  return path.map((step) => {
    if (typeof step === 'number') return step;
    const field: Field | undefined = fields.get(step);
    // A key that the operation does not select.
    if (!field) return Number.MAX_SAFE_INTEGER;
    field.fields ??= fieldsOf(field.sets, fragments);
    fields = field.fields;
    return field.position;
  });
}

/** Whatever the types of their objects are: a position of a key is that of its first field. */
function fieldsOf(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Map<string, Field> {
  const fields = new Map<string, Field>();
  const visited = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const field = fields.get(key) ?? { position: fields.size, sets: [], fields: null };
        fields.set(key, field);
        if (selection.selectionSet) field.sets.push(selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) visit(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) visit(set);
  return fields;
}

/** The sign says which of two lists of positions comes first: the one that differs first, or the shorter one. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((position, index) => position !== b[index]);
  if (at < 0) return a.length - b.length;
  return at < b.length ? (a[at] as number) - (b[at] as number) : 1;
}
