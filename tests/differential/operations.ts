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
} from 'graphql';
import { Choice } from '../support/choice.js';

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** Keys that every object has, or holds its prototype under: an answer may have them too. */
const ODD = ['constructor', 'toString', '__proto__'];

/** Writes operations over a schema: aliases, fragments of both kinds, variables, `@skip` and `@include`, abstract types. */
export function operationOf(schema: GraphQLSchema, ids: readonly string[], seed: number, typenamesEverywhere: boolean): Operation {
  const choice = new Choice(seed);
  for (let warm = 0; warm < 5; warm++) choice.below(2);
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  let named = 0;
  let budget = 40;

  const variable = (type: string, value: unknown): string => {
    const name = `v${definitions.length}`;
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
    if (inner.name === 'Boolean') return plain(choice.chance(50));
    if (inner.name === 'String' && isNonNullType(type)) return plain(choice.of(['ISO_3166_1_ALPHA_2', 'RU', 'S/RES/2397', 'labour']));
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

  const fieldText = (field: GraphQLField<unknown, unknown>, depth: number): string | null => {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth <= 0) return null;
    budget--;
    const args = argumentsFor(field);
    const alias = args || choice.chance(15) ? `${ODD[named] ?? `a${named}`}: ` : '';
    if (alias) named++;
    const body = isCompositeType(type) ? ` ${selection(type, depth - 1)}` : '';
    return `${alias}${field.name}${args}${directive()}${body}`;
  };

  const selection = (type: GraphQLNamedType, depth: number): string => {
    const parts: string[] = typenamesEverywhere || choice.chance(15) ? ['__typename'] : [];
    if ('getFields' in type && !isUnionType(type)) {
      const fields = Object.values(type.getFields()) as unknown as GraphQLField<unknown, unknown>[];
      const many = 1 + choice.below(4);
      for (let taken = 0; taken < many && budget > 0; taken++) {
        const text = fieldText(choice.of(fields), depth);
        if (text) parts.push(text);
      }
    }
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) if (budget > 0 && choice.chance(30)) parts.push(fragmentOn(possible.name, depth));
    } else if (isObjectType(type) && choice.chance(12)) {
      parts.push(fragmentOn(choice.of([type.name, ...type.getInterfaces().map(({ name }) => name)]), depth));
    }
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  };

  const fragmentOn = (type: string, depth: number): string => {
    const body = selection(schema.getType(type) as GraphQLNamedType, depth);
    if (!choice.chance(30)) return `... on ${type}${directive()} ${body}`;
    const name = `F${named++}`;
    fragments.push(`fragment ${name} on ${type} ${body}`);
    return `...${name}${directive()}`;
  };

  const root = Object.values(schema.getQueryType()?.getFields() ?? {});
  const roots = Array.from({ length: 1 + choice.below(2) }, () => fieldText(choice.of(root) as GraphQLField<unknown, unknown>, 4)).filter((text) => text !== null);
  const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
  return { query: [`query Q${head} { ${roots.map((text, index) => `r${index}: ${text.replace(/^\w+: /, '')}`).join(' ')} }`, ...fragments].join('\n'), variables };
}

const plain = (value: unknown) => ({ text: JSON.stringify(value), value });
const typeText = (type: GraphQLInputType): string => String(type);
