import type { CachePolicy } from '@dossier/http-server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { cacheHints, FOR_EVER, type PolicyOfField, stricter } from './cacheHints.js';

/** Of what does not come from a source of data: introspection, names of types. */
const USUAL_POLICY: CachePolicy = { maxAge: 60, isPrivate: false };

/**
 * How long answers of an operation may be kept, by the hints of a composed graph: the shortest of all that it can reach,
 * and for nobody else where any of it is. Null where the graph has no hints at all.
 */
export function cachePolicies(
  supergraphSdl: string,
  schema: GraphQLSchema,
): (document: DocumentNode, operationName: string | undefined) => CachePolicy | null {
  let policyOfField: PolicyOfField | null | undefined;
  return (document, operationName) => {
    if (policyOfField === undefined) policyOfField = cacheHints(supergraphSdl, schema);
    const operation = document.definitions.find(
      (definition): definition is OperationDefinitionNode =>
        definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
    );
    return operation && policyOfField ? policyOf(document, operation, schema, policyOfField) : null;
  };
}

function policyOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  policyOfField: PolicyOfField,
): CachePolicy {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let policy = FOR_EVER;
  const seen = new Set<string>();
  const look = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name === '__schema' || name === '__type') policy = stricter(policy, USUAL_POLICY);
        const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        if (!definition) continue;
        const type = getNamedType(definition.type);
        policy = stricter(policy, policyOfField(parent, name, type));
        if (selection.selectionSet && isCompositeType(type)) look(selection.selectionSet, type);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment || (selection.kind === Kind.FRAGMENT_SPREAD && seen.has(selection.name.value))) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) seen.add(selection.name.value);
      const named = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (isCompositeType(named)) look(fragment.selectionSet, named);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) look(operation.selectionSet, root);
  // Where nothing but names of types was asked for, nothing was looked at.
  const { maxAge, isPrivate } = policy === FOR_EVER ? USUAL_POLICY : policy;
  return { maxAge: Math.max(0, maxAge), isPrivate };
}
