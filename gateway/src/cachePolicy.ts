import { linkedNames } from '@dossier/limits';
import type { CachePolicy } from '@dossier/server';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isTypeDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** What `@cacheControl` says at one place. */
interface Hint {
  maxAge: number | null;
  isPrivate: boolean | null;
}

/** By coordinate: `Type`, `Type.field`. */
type Hints = ReadonlyMap<string, Hint>;

/** Of what does not come from a source of data: introspection. */
const USUAL_MAX_AGE = 60;

/**
 * How long answers of an operation may be kept, by the hints of a composed graph: the shortest of all that it can reach,
 * and for nobody else where any of it is. A field's hint goes before that of its type; an object without either is not for
 * keeping, and a leaf is as good as the object that it is of. Null where the graph has no hints at all.
 */
export function cachePolicies(supergraphSdl: string, schema: GraphQLSchema): (document: DocumentNode, operationName: string | undefined) => CachePolicy | null {
  let read: Hints | undefined;
  return (document, operationName) => {
    read ??= readHints(supergraphSdl);
    const operation = document.definitions.find(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
    );
    return operation && read.size > 0 ? policyOf(document, operation, schema, read) : null;
  };
}

function policyOf(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema, hints: Hints): CachePolicy {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const root = schema.getRootType(operation.operation);
  const policy: CachePolicy = { maxAge: Number.POSITIVE_INFINITY, isPrivate: false };
  const shorten = (maxAge: number): void => {
    policy.maxAge = Math.min(policy.maxAge, maxAge);
  };
  const possibleNames = (type: GraphQLNamedType): string[] => (isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name]);

  const reach = (places: readonly (Hint | undefined)[], otherwise: number | null): void => {
    const maxAge = firstOf(places.map((hint) => hint?.maxAge)) ?? otherwise;
    if (maxAge !== null) shorten(maxAge);
    if (firstOf(places.map((hint) => hint?.isPrivate))) policy.isPrivate = true;
  };

  const reachField = (parent: GraphQLCompositeType, field: string, type: GraphQLNamedType): void => {
    // What stands at an interface is the field of one of those that implement it.
    for (const owner of possibleNames(parent)) {
      const own = [hints.get(`${owner}.${field}`), hints.get(`${parent.name}.${field}`)];
      if (isCompositeType(type)) for (const possible of possibleNames(type)) reach([...own, hints.get(possible), hints.get(type.name)], 0);
      else reach(parent === root ? [...own, hints.get(parent.name)] : own, parent === root ? 0 : null);
    }
  };

  const seen = new Set<string>();
  const look = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name === '__schema' || name === '__type') shorten(USUAL_MAX_AGE);
        const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        if (!definition) continue;
        const type = getNamedType(definition.type);
        reachField(parent, name, type);
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
  if (root) look(operation.selectionSet, root);
  // Nothing but names of types was asked for.
  if (policy.maxAge === Number.POSITIVE_INFINITY) shorten(USUAL_MAX_AGE);
  return { maxAge: Math.max(0, policy.maxAge), isPrivate: policy.isPrivate };
}

const firstOf = <Value>(values: readonly (Value | null | undefined)[]): Value | undefined => values.find((value): value is Value => value !== null && value !== undefined);

/** Of whatever specification: it has no home that all agree on. */
const SPECIFICATION = /\/(cacheControl)\/v\d/;

function readHints(supergraphSdl: string): Hints {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const { cacheControl: names } = linkedNames(definitions, SPECIFICATION, ['cacheControl']);
  const hints = new Map<string, Hint>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const given = directives.find(({ name }) => names.has(name.value))?.arguments;
    if (!given) return;
    const read = (name: string) => given.find((arg) => arg.name.value === name)?.value;
    const [maxAge, scope] = [read('maxAge'), read('scope')];
    hints.set(coordinate, { maxAge: maxAge?.kind === Kind.INT ? Number(maxAge.value) : null, isPrivate: scope?.kind === Kind.ENUM ? scope.value === 'PRIVATE' : null });
  };
  for (const definition of definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    add(definition.name.value, definition.directives);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) add(`${definition.name.value}.${field.name.value}`, field.directives);
    }
  }
  return hints;
}
