import { getOwn } from '@dossier/graphql';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type OperationTypeNode,
} from 'graphql';
import { SeededRandom } from '../support/seededRandom.js';

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** Keys that every object has, or holds its prototype under: an answer may have them too. */
const ODD = ['constructor', 'toString', '__proto__'];

/** Names that a gateway may use itself: of meta fields, of arguments and variables of its fetches, of aliases that it adds. */
const INTERNAL = [
  '__typename',
  'id',
  'representations',
  '_entities',
  '_service',
  '__schema',
  'if',
  'data',
  'errors',
  'a0',
  'v0',
  '_0',
  'id__0',
  'name__0',
  '__proto__',
  'constructor',
  'hasOwnProperty',
];

export interface OperationOptions {
  /** Whether every selection has `__typename`. */
  typenames?: boolean;
  /** Whether aliases and variables are named after other fields, arguments, types, and what a gateway may use itself. */
  misleading?: boolean;
  /** Its root type; `query` unless said. */
  operation?: 'query' | 'mutation';
}

/** Writes operations over a schema: aliases, fragments of both kinds, variables, `@skip` and `@include`, abstract types. Some with `misleading` names are not valid. */
export function operationOf(
  schema: GraphQLSchema,
  ids: readonly string[],
  seed: number,
  { typenames: typenamesEverywhere = false, misleading = false, operation = 'query' }: OperationOptions = {},
): Operation {
  const choice = new SeededRandom(seed);
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  let named = 0;
  let budget = 40;

  const variable = (type: string, value: unknown): string => {
    const wanted = misleading ? choice.of(INTERNAL) : '';
    const name = wanted && !getOwn(variables, wanted) && wanted !== '__proto__' ? wanted : `v${definitions.length}_`;
    definitions.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };

  const valueFor = ({ name, type }: GraphQLArgument): { text: string; value: unknown } | null => {
    const inner = getNamedType(type);
    const list = isListType(isNonNullType(type) ? type.ofType : type);
    if (name === 'first' || name === 'last') return plain(choice.below(4));
    if (isEnumType(inner)) {
      const chosen = choice.of(inner.getValues()).name;
      return list ? { text: `[${chosen}]`, value: [chosen] } : { text: chosen, value: chosen };
    }
    if (inner.name === 'ID') return list ? plain([choice.of(ids)]) : plain(choice.of(ids));
    if (inner.name === 'Int') return plain(choice.below(3));
    if (inner.name === 'Boolean') return plain(choice.chance(50));
    if (inner.name === 'String' && isNonNullType(type))
      return plain(choice.of(['ISO_3166_1_ALPHA_2', 'RU', 'S/RES/2397', 'labour']));
    return null;
  };

  const argumentsFor = (field: GraphQLField<unknown, unknown>): string => {
    const given = field.args.flatMap((argument) => {
      if (!isNonNullType(argument.type) && !choice.chance(argument.name === 'first' ? 60 : 12)) return [];
      if (argument.name === 'last' && choice.chance(80)) return [];
      const value = valueFor(argument);
      if (!value) return [];
      return [`${argument.name}: ${choice.chance(40) ? variable(typeText(argument.type), value.value) : value.text}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  };

  const directive = (): string => {
    if (!choice.chance(8)) return '';
    const held = choice.chance(50);
    return ` @${choice.of(['skip', 'include'])}(if: ${choice.chance(60) ? variable('Boolean!', held) : held})`;
  };

  /** What each key of a selection stands for, so that one key stands for one thing. */
  type Keys = Map<string, string>;

  /** The alias of a field with a colon, or nothing. */
  const aliasOf = (
    field: GraphQLField<unknown, unknown>,
    args: string,
    keys: Keys,
    siblings: readonly string[],
  ): string => {
    const meant = `${field.name}${args}`;
    if (!misleading) return args || choice.chance(15) ? `${ODD[named] ?? `a${named}`}: ` : '';
    for (let attempt = 0; attempt < 4; attempt++) {
      const key =
        choice.chance(20) && !args
          ? field.name
          : choice.chance(60)
            ? choice.of(siblings)
            : choice.of(
                INTERNAL.concat(
                  field.args.map(({ name }) => name),
                  getNamedType(field.type).name,
                ),
              );
      if ((keys.get(key) ?? meant) !== meant) continue;
      keys.set(key, meant);
      return key === field.name ? '' : `${key}: `;
    }
    return `a${named}: `;
  };

  const fieldText = (
    field: GraphQLField<unknown, unknown>,
    depth: number,
    keys: Keys = new Map(),
    siblings: readonly string[] = [],
  ): string | null => {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth <= 0) return null;
    budget--;
    const args = argumentsFor(field);
    const alias = aliasOf(field, args, keys, siblings.length > 0 ? siblings : [field.name]);
    if (alias) named++;
    const body = isCompositeType(type) ? ` ${selection(type, depth - 1)}` : '';
    return `${alias}${field.name}${args}${directive()}${body}`;
  };

  const selection = (type: GraphQLNamedType, depth: number, outer: Keys = new Map()): string => {
    // Fragments on types that exclude each other may use one key for different fields; what is selected on all of them may not.
    const keys: Keys = misleading ? new Map(outer) : outer;
    const parts: string[] = [];
    if (typenamesEverywhere || choice.chance(15)) {
      keys.set('__typename', '__typename');
      parts.push('__typename');
    }
    if ('getFields' in type && !isUnionType(type)) {
      const fields = Object.values(type.getFields()) as unknown as GraphQLField<unknown, unknown>[];
      const many = 1 + choice.below(4);
      for (let taken = 0; taken < many && budget > 0; taken++) {
        const text = fieldText(
          choice.of(fields),
          depth,
          keys,
          fields.map(({ name }) => name),
        );
        if (text) parts.push(text);
      }
    }
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type))
        if (budget > 0 && choice.chance(30)) parts.push(fragmentOn(possible.name, depth, keys));
    } else if (isObjectType(type) && choice.chance(12)) {
      parts.push(fragmentOn(choice.of([type.name, ...type.getInterfaces().map(({ name }) => name)]), depth, keys));
    }
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  };

  const fragmentOn = (type: string, depth: number, keys: Keys): string => {
    const body = selection(schema.getType(type) as GraphQLNamedType, depth, keys);
    if (!choice.chance(30)) return `... on ${type}${directive()} ${body}`;
    const name = `F${named++}`;
    fragments.push(`fragment ${name} on ${type} ${body}`);
    return `...${name}${directive()}`;
  };

  const root = Object.values(schema.getRootType(operation as OperationTypeNode)?.getFields() ?? {});
  const rootNames = root.map(({ name }) => name);
  const rootKeys: Keys = new Map();
  const roots = Array.from({ length: 1 + choice.below(2) }, () =>
    fieldText(choice.of(root) as GraphQLField<unknown, unknown>, 4, rootKeys, rootNames),
  ).filter((text) => text !== null);
  const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
  return {
    query: [
      `${operation} Q${head} { ${misleading ? roots.join(' ') : roots.map((text, index) => `r${index}: ${text.replace(/^\w+: /, '')}`).join(' ')} }`,
      ...fragments,
    ].join('\n'),
    variables,
  };
}

const plain = (value: unknown) => ({ text: JSON.stringify(value), value });
const typeText = (type: GraphQLInputType): string => String(type);
