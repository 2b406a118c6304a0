import { representedType } from '@dossier/execution';
import { fragmentsOf } from '@dossier/graphql';
import {
  type FieldNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type FailureCode, failureMessage } from './failure.js';
import type { Supertypes } from './graphTypes.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

/** Maximum number of null fields that are reported per fetch, which may be for thousands of entities. */
const MAX_PATHS = 1000;

/** The response to a fetch from a subgraph that failed: every selected field is null, with an error at its path. */
export const failureResponse = (
  service: string,
  code: FailureCode,
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphResponse =>
  nullResponse({ message: failureMessage(code, service), extensions: { code, service } }, request, supertypes);

/** The response to a fetch that the subgraph rejected as a whole, e.g. for an invalid value: its first error at every selected field. */
export const rejectedResponse = (
  errors: SubgraphError[],
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphResponse => {
  const [first = { message: 'The request was rejected.' }] = errors;
  return nullResponse(first, request, supertypes);
};

function nullResponse(
  { message, extensions }: SubgraphError,
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphResponse {
  const { data, paths } = nullData(request, supertypes);
  return { data, errors: paths.map((path) => ({ message, path, extensions })) } as unknown as SubgraphResponse;
}

/** The data of a fetch without a result: all fields null, and the paths of the selected fields, at most MAX_PATHS of them. */
export interface NullData {
  data: Record<string, unknown>;
  paths: (string | number)[][];
}

export function nullData({ query, variables = {} }: SubgraphRequest['request'], supertypes: Supertypes): NullData {
  const document = parse(query ?? '', { noLocation: true });
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = fragmentsOf(document);

  const isSkipped = (selection: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true ||
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false;

  /** The fields selected on a type, or in all fragments if the type is unknown; without `__typename`, which is never null. */
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
      data: Object.fromEntries(roots.map((field) => [responseKey(field), null])),
      paths: roots.map((field) => [responseKey(field)]),
    };
  const representations = (variables['representations'] ?? []) as Record<string, unknown>[];
  const keysOfType = new Map<string | undefined, ReadonlySet<string>>();
  const paths: (string | number)[][] = [];
  for (let index = 0; index < representations.length && paths.length < MAX_PATHS; index++) {
    const type = representedType(representations[index] as Record<string, unknown>);
    const keys = keysOfType.get(type) ?? new Set(fieldsOf(entities.selectionSet, type).map(responseKey));
    keysOfType.set(type, keys);
    for (const key of keys) if (paths.length < MAX_PATHS) paths.push([responseKey(entities), index, key]);
  }
  return { data: { [responseKey(entities)]: representations.map(() => null) }, paths };
}

/** GraphQL specification, 2.7 Field Alias: https://spec.graphql.org/October2021/#sec-Field-Alias */
const responseKey = (field: FieldNode): string => field.alias?.value ?? field.name.value;
