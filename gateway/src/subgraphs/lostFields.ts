import { representedType } from '@dossier/execution';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Supertypes } from './supertypes.js';
import type { SubgraphRequest } from './types.js';

/** Fields that are reported as lost, of one fetch: thousands of entities may each have many. */
const MAX_PATHS = 1000;

/** What a fetch that brought nothing leaves: its data, all null, and the paths of the fields that were selected, the first thousand of them. */
export interface LostFields {
  data: Record<string, unknown>;
  paths: (string | number)[][];
}

export function lostFields({ query, variables = {} }: SubgraphRequest['request'], supertypes: Supertypes): LostFields {
  const { definitions } = parse(query ?? '', { noLocation: true });
  const operation = definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = new Map(
    definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );

  const isSkipped = (selection: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true ||
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false;

  /** The fields selected on a type; all there are where the type is not known. `__typename` is known without asking. */
  const fieldsOf = (selections: SelectionSetNode | undefined, type?: string): FieldNode[] =>
    (selections?.selections ?? []).flatMap((selection): FieldNode[] => {
      if (isSkipped(selection)) return [];
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      const applies = !type || !condition || condition === type || supertypes.get(type)?.has(condition);
      return applies ? fieldsOf(fragment?.selectionSet, type) : [];
    });

  const roots = fieldsOf(operation?.selectionSet);
  const entities = roots.find(({ name }) => name.value === '_entities');
  if (!entities)
    return {
      data: Object.fromEntries(roots.map((field) => [keyOf(field), null])),
      paths: roots.map((field) => [keyOf(field)]),
    };
  const representations = (variables['representations'] ?? []) as Record<string, unknown>[];
  const keysOfType = new Map<string | undefined, ReadonlySet<string>>();
  const paths: (string | number)[][] = [];
  for (let index = 0; index < representations.length && paths.length < MAX_PATHS; index++) {
    const type = representedType(representations[index] as Record<string, unknown>);
    const keys = keysOfType.get(type) ?? new Set(fieldsOf(entities.selectionSet, type).map(keyOf));
    keysOfType.set(type, keys);
    for (const key of keys) if (paths.length < MAX_PATHS) paths.push([keyOf(entities), index, key]);
  }
  return { data: { [keyOf(entities)]: representations.map(() => null) }, paths };
}

const keyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value;
