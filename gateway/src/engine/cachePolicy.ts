import { fragmentsOf } from '@dossier/graphql';
import type { CachePolicy } from '@dossier/http-server';
import {
  type DocumentNode,
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
import { cacheHints, type PolicyOfField, stricter, UNLIMITED } from './cacheHints.js';

/** The policy of introspection and `__typename`, which no hints apply to. */
const DEFAULT_POLICY: CachePolicy = { maxAge: 60, isPrivate: false };

/**
 * Returns a function that computes the cache policy of an operation from the `@cacheControl` hints of a supergraph: the shortest
 * maxAge of all fields that it may select, and PRIVATE if any of them is. It returns null if the supergraph has no hints.
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
  const fragments = fragmentsOf(document);
  let policy = UNLIMITED;
  const seen = new Set<string>();
  const visit = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name === '__schema' || name === '__type') policy = stricter(policy, DEFAULT_POLICY);
        const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        if (!definition) continue;
        const type = getNamedType(definition.type);
        policy = stricter(policy, policyOfField(parent, name, type));
        if (selection.selectionSet && isCompositeType(type)) visit(selection.selectionSet, type);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment || (selection.kind === Kind.FRAGMENT_SPREAD && seen.has(selection.name.value))) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) seen.add(selection.name.value);
      const named = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (isCompositeType(named)) visit(fragment.selectionSet, named);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) visit(operation.selectionSet, root);
  // The policy is still UNLIMITED if only `__typename` is selected.
  const { maxAge, isPrivate } = policy === UNLIMITED ? DEFAULT_POLICY : policy;
  return { maxAge: Math.max(0, maxAge), isPrivate };
}
