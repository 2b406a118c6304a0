import type { Subgraph } from '@dossier/subgraph-server';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
  printSchema,
  validate,
} from 'graphql';

/** A value with the service that it comes from. */
interface ServiceValue {
  service: string;
  value: unknown;
}

type Contexts = Record<string, object>;

/** Executes an operation. `down` names a service whose fields all fail. */
export type ReferenceExecutor = (
  query: string,
  variables: Record<string, unknown>,
  down?: string,
) => Promise<ExecutionResult>;

/**
 * The expected response of the graph: one executable schema with the same resolvers, executed by graphql-js without federation,
 * without a query plan, field by field.
 */
export function referenceExecutor(apiSchema: GraphQLSchema, subgraphs: readonly Subgraph[]): ReferenceExecutor {
  const schema = buildSchema(printSchema(apiSchema));
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isScalarType(type)) {
      const own = subgraphs.map((subgraph) => subgraph.schema.getType(type.name)).find(isScalarType);
      if (own)
        Object.assign(type, {
          parseValue: own.parseValue,
          parseLiteral: own.parseLiteral,
          serialize: (value: unknown) => value,
        });
    } else if (isAbstractType(type)) {
      Object.assign(type, {
        resolveType: ({ service, value }: ServiceValue) => typeNameOf(subgraphNamed(service), type.name, value),
      });
    } else if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) field.resolve = resolver(type, field.name, field.type);
    }
  }
  return async (query, variables, down) => {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    const contexts: Contexts & { down?: string } = Object.fromEntries(
      subgraphs.map((subgraph) => [subgraph.name, subgraph.createContext()]),
    );
    return execute({ schema, document, variableValues: variables, contextValue: { contexts, down } });
  };

  function subgraphNamed(name: string): Subgraph {
    const subgraph = byName.get(name);
    if (!subgraph) throw new Error(`No subgraph "${name}".`);
    return subgraph;
  }

  function resolver(type: GraphQLObjectType, name: string, output: GraphQLOutputType) {
    const owners = subgraphs.filter((subgraph) => resolves(subgraph, type.name, name)).map((subgraph) => subgraph.name);
    return async (
      parent: ServiceValue | undefined,
      args: object,
      { contexts, down }: { contexts: Contexts; down?: string },
      info: GraphQLResolveInfo,
    ) => {
      const isRoot = type === schema.getQueryType();
      // The key of an entity is known without a fetch. An id of another type is a field like others.
      const key = (parent?.value ?? {}) as { id?: string };
      if (!isRoot && name === 'id' && key.id !== undefined) return key.id;
      const own = !isRoot && parent && owners.includes(parent.service);
      const service = own ? parent.service : (owners.find((owner) => owner !== down) ?? owners[0]);
      if (!service || service === down) throw new Error('down');
      const subgraph = subgraphNamed(service);
      const value =
        isRoot || own ? parent?.value : await entity(subgraph, type.name, key.id ?? '', contexts[service] as object);
      if (value === null) return null;
      const field = (subgraph.schema.getType(type.name) as GraphQLObjectType).getFields()[name];
      const result = field?.resolve
        ? field.resolve(value, args, contexts[service], { ...info, schema: subgraph.schema })
        : (value as Record<string, unknown>)[name];
      const found = await wrap(await result, output, service);
      if (!isRoot) return found;
      const confirm = (item: unknown) =>
        isServiceValue(item) ? confirmExists(item, getNamedType(output).name, contexts, down) : item;
      return Array.isArray(found) ? found.map(confirm) : confirm(found);
    };
  }

  /** Returns the object if the service that owns its type has it, else null. Throws if that service is down. */
  async function confirmExists(
    found: ServiceValue,
    declared: string,
    contexts: Contexts,
    down: string | undefined,
  ): Promise<ServiceValue | null> {
    const type = String(typeNameOf(subgraphNamed(found.service), declared, found.value) ?? declared);
    const owner = ownerOf(type);
    const { id } = found.value as { id?: string };
    if (!owner || owner.name === found.service || id === undefined) return found;
    if (owner.name === down) throw new Error('down');
    return (await entity(owner, type, id, contexts[owner.name] as object)) === null ? null : found;
  }

  /** The service that defines the most fields of a type. */
  function ownerOf(type: string): Subgraph | undefined {
    const fieldsIn = ({ schema: own }: Subgraph): number => {
      const object = own.getType(type);
      return isObjectType(object) ? Object.keys(object.getFields()).length : 0;
    };
    return [...subgraphs].sort((one, other) => fieldsIn(other) - fieldsIn(one))[0];
  }
}

const isServiceValue = (value: unknown): value is ServiceValue =>
  typeof value === 'object' && value !== null && 'service' in value;

/** Whether a service resolves more of a type than its key. */
function resolves({ schema }: Subgraph, type: string, field: string): boolean {
  const own = schema.getType(type);
  if (!isObjectType(own) || !own.getFields()[field]) return false;
  return type === 'Query' || Object.keys(own.getFields()).length > 1;
}

async function entity({ schema }: Subgraph, type: string, id: string, context: object): Promise<unknown> {
  const entities = schema.getQueryType()?.getFields()['_entities'];
  const found = (await entities?.resolve?.(undefined, { representations: [{ __typename: type, id }] }, context, {
    schema,
  } as GraphQLResolveInfo)) as unknown[];
  return (await found[0]) ?? null;
}

function typeNameOf({ schema }: Subgraph, abstract: string, value: unknown): unknown {
  const type = schema.getType(abstract);
  const given = (value as { __typename?: unknown }).__typename;
  return (
    given ??
    (isAbstractType(type) && type.resolveType ? type.resolveType(value, {}, {} as GraphQLResolveInfo, type) : undefined)
  );
}

async function wrap(value: unknown, type: GraphQLOutputType, service: string): Promise<unknown> {
  if (value === null || value === undefined || isLeafType(getNamedType(type))) return value;
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner))
    return Promise.all([...(value as unknown[])].map(async (element) => wrap(await element, inner.ofType, service)));
  return { service, value } satisfies ServiceValue;
}
