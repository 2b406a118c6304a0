import type { FetchDataRewrite, FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type ArgumentNode, type FieldNode, Kind, parse, print, visit } from 'graphql';
import { compact, forEachEntityField, operationOf, partOf } from './fetchParts.js';
import { mapFetches } from './mapFetches.js';
import type { SplitSupergraph } from './splitRequiredFields.js';

type Required = Pick<SplitSupergraph, 'fields' | 'requiredBy'>;

/**
 * Reverts `splitRequiredFields` in a plan: fetches select the real field with its arguments and the unique name as
 * alias, and representations have the field under its real name. A representation can have a field once, so a fetch of
 * fields that require one field with different arguments becomes several fetches.
 */
export const restoreRequiredFields = (plan: QueryPlan, required: Required): QueryPlan =>
  required.fields.size === 0
    ? plan
    : mapFetches(plan, (fetch) => splitFetch(fetch, required).map((part) => withRealFields(part, required)));

/** Splits a fetch so that the requirements of each part fit into one representation. */
function splitFetch(fetch: FetchNode, required: Required): FetchNode[] {
  const used = namesIn(fetch.requires ?? [], required);
  if (!conflicts(used, required)) return [fetch];
  const operation = operationOf(fetch);
  const groups: Set<string>[] = [];
  const groupOf = (names: ReadonlySet<string>): number => {
    const found = groups.findIndex((group) => !conflicts(new Set([...group, ...names]), required));
    const index = found >= 0 ? found : groups.push(new Set()) - 1;
    for (const name of names) groups[index]?.add(name);
    return index;
  };
  const groupOfField = new Map<FieldNode, number>();
  forEachEntityField(operation, (type, field) =>
    groupOfField.set(
      field,
      groupOf(
        new Set([...(required.requiredBy.get(`${type}.${field.name.value}`) ?? [])].filter((name) => used.has(name))),
      ),
    ),
  );
  return groups.map((group, index) =>
    partOf(
      fetch,
      operation,
      (field) => groupOfField.get(field) === index,
      (name) => required.fields.has(name) && !group.has(name),
    ),
  );
}

/** The fetch with the real names and arguments of required fields. */
function withRealFields(fetch: FetchNode, { fields }: Required): FetchNode {
  const isUsed = [...fields.keys()].some((name) => fetch.operation.includes(name));
  const renames = renamesIn(fetch.requires ?? [], fields, []);
  if (!isUsed && renames.length === 0) return fetch;
  const operation = visit(operationOf(fetch), {
    Field: (node) => {
      const field = fields.get(node.name.value);
      if (!field) return undefined;
      return {
        ...node,
        alias: node.alias ?? { kind: Kind.NAME, value: node.name.value },
        name: { kind: Kind.NAME, value: field.name },
        arguments: parseArguments(field.args),
      };
    },
  });
  return {
    ...fetch,
    operation: compact(print(operation)),
    ...(renames.length > 0 && { inputRewrites: [...(fetch.inputRewrites ?? []), ...renames] }),
  };
}

function renamesIn(
  selections: readonly QueryPlanSelectionNode[],
  fields: Required['fields'],
  path: readonly string[],
): FetchDataRewrite[] {
  return selections.flatMap((selection): FetchDataRewrite[] => {
    if (selection.kind === 'InlineFragment')
      return renamesIn(
        selection.selections,
        fields,
        selection.typeCondition ? [...path, `... on ${selection.typeCondition}`] : path,
      );
    const key = selection.alias ?? selection.name;
    // Nested fields first: a renamed object is no longer found under its old key.
    const nested = renamesIn(selection.selections ?? [], fields, [...path, key]);
    const field = fields.get(selection.name);
    return field ? [...nested, { kind: 'KeyRenamer', path: [...path, key], renameKeyTo: field.name }] : nested;
  });
}

const namesIn = (selections: readonly QueryPlanSelectionNode[], required: Required): Set<string> =>
  new Set(
    selections.flatMap((selection) => [
      ...(selection.kind === 'Field' && required.fields.has(selection.name) ? [selection.name] : []),
      ...namesIn(selection.selections ?? [], required),
    ]),
  );

/** Whether two of these names stand for the same field. */
function conflicts(names: ReadonlySet<string>, { fields }: Required): boolean {
  const realNames = [...names].map((name) => fields.get(name)?.name);
  return new Set(realNames).size < realNames.length;
}

function parseArguments(args: string): readonly ArgumentNode[] {
  if (!args) return [];
  const [definition] = parse(`{ field${args} }`, { noLocation: true }).definitions;
  const [field] = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  return field?.kind === Kind.FIELD ? (field.arguments ?? []) : [];
}
