import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import type { TestSubgraph } from '../support/federation.js';
import { SeededRandom } from '../support/seededRandom.js';

/** Objects of each type. */
const COUNT = 3;

/** An object: its type and which of that type it is. A number that no object has stands for one that does not exist. */
interface Thing {
  __typename: string;
  at: number;
  /** What a subgraph knows of it by a representation, or because it provides it. */
  reference?: Record<string, unknown>;
  /** Its type, where a subgraph only knows an interface of it. */
  concrete?: string;
}

type KeyKind = 'id' | 'compound' | 'nested';

const KEYS: Record<KeyKind, { fields: string; declarations: string[] }> = {
  id: { fields: 'id', declarations: ['id: ID!'] },
  compound: { fields: 'region code', declarations: ['region: String!', 'code: ID!'] },
  nested: { fields: 'ref { code }', declarations: ['ref: Ref!'] },
};

interface Field {
  name: string;
  type: string;
  args: string;
  /** The subgraphs that resolve it. */
  owners: string[];
  /** Composite types that it may return; none if it returns scalars. */
  targets: string[];
  requires?: { set: string; name: string; args: Record<string, unknown> };
  provides?: { set: string; field: Field };
  fails: boolean;
  /** Whether another subgraph also provides it on some paths to the object. */
  isProvided?: boolean;
}

interface Entity {
  name: string;
  /** Keys by subgraph; a subgraph without one does not have the type. */
  keys: Map<string, KeyKind[]>;
  home: string;
  fields: Field[];
  hasLabel: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: resolvers differ in every parent, argument and result
type Resolvers = Record<string, any>;

/** A generated graph: its subgraphs, and resolvers of the same data for a single schema. */
export interface MadeUpGraph {
  subgraphs: Record<string, TestSubgraph>;
  /** By type and field. */
  truth: Record<string, Record<string, GraphQLFieldResolver<unknown, unknown>>>;
  /** Ids that exist, and one that does not. */
  ids: string[];
  /** Resets the changes of mutations. */
  reset: () => void;
}

/**
 * Generates a graph: 2 to 4 subgraphs that share entities by simple, compound and nested keys, with `@requires`, `@provides`,
 * `@shareable`, unions, interfaces, an interface object, mutations, nulls and errors.
 */
export function madeUpGraph(seed: number): MadeUpGraph {
  const choice = new SeededRandom(seed);
  const names = ['a', 'b', 'c', 'd'].slice(0, 2 + choice.below(3));
  const counters = new Map<string, number>();

  // The value of a field depends only on its position, so that every subgraph that resolves it returns the same.
  const drawn = (...place: unknown[]): SeededRandom => {
    let hash = seed;
    for (const character of JSON.stringify(place)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
    return new SeededRandom(hash);
  };
  const exists = (at: number): boolean => at < COUNT;

  const entities: Entity[] = Array.from({ length: 2 + choice.below(3) }, (_, index) => {
    const home = choice.of(names);
    const hasLabel = index < 2;
    const kinds = choice.some<KeyKind>(['id', 'compound', 'nested'], 45);
    if (hasLabel && !kinds.includes('id')) kinds.unshift('id');
    const keys = new Map<string, KeyKind[]>([[home, kinds]]);
    for (const name of names)
      if (name !== home && choice.chance(60)) keys.set(name, hasLabel ? ['id'] : [choice.of(kinds)]);
    return { name: `T${index}`, keys, home, fields: [], hasLabel };
  });
  const labelled = entities.filter(({ hasLabel }) => hasLabel);
  const labelOwner = choice.of(names);
  for (const entity of labelled) if (!entity.keys.has(labelOwner)) entity.keys.set(labelOwner, ['id']);
  const unionHome = choice.of(names);
  const inSubgraph = (name: string): Entity[] => entities.filter(({ keys }) => keys.has(name));

  const nullable = (type: string): string => (choice.chance(20) ? `${type}!` : type);
  const listed = (type: string): string => choice.of([`[${type}]`, `[${type}!]`, `[${type}!]!`]);

  for (const entity of entities) {
    for (const owner of entity.keys.keys()) {
      for (let count = choice.below(4); count > 0; count--) {
        const name = `f${entity.fields.length}`;
        const other = [...entity.keys.keys()].find((candidate) => candidate !== owner);
        const owners = other && choice.chance(15) ? [owner, other] : [owner];
        const common = { name, owners, fails: choice.chance(15) };
        const here = inSubgraph(owner).filter(({ keys }) => owners.every((each) => keys.has(each)));
        if (choice.chance(50) || here.length === 0) {
          const args = choice.chance(30) ? '(of: Int, by: ID)' : '';
          entity.fields.push({
            ...common,
            type: nullable(choice.of(['String', 'Int', '[Int]', 'ID', 'Boolean'])),
            args,
            targets: [],
          });
        } else {
          const target =
            owners.length === 1 && choice.chance(25) && owner === unionHome
              ? 'Either'
              : owners.length === 1 && choice.chance(25)
                ? 'Labelled'
                : choice.of(here).name;
          const targets =
            target === 'Either'
              ? here.map(({ name: type }) => type)
              : target === 'Labelled'
                ? here.filter(({ hasLabel }) => hasLabel).map(({ name: type }) => type)
                : [target];
          if (targets.length > 0)
            entity.fields.push({
              ...common,
              type: choice.chance(40) ? listed(target) : nullable(target),
              args: '',
              targets,
            });
        }
      }
    }
    if (entity.hasLabel)
      entity.fields.push({ name: 'label', type: 'String', args: '', owners: [labelOwner], targets: [], fails: false });
    // Fields that require one of another subgraph.
    for (const owner of entity.keys.keys()) {
      const candidates = entity.fields.filter(
        (field) => field.targets.length === 0 && !field.requires && !field.owners.includes(owner),
      );
      while (candidates.length > 0 && choice.chance(40)) {
        const field = choice.of(candidates);
        field.fails = false;
        const of = choice.below(3);
        const args = field.args ? { of } : {};
        entity.fields.push({
          name: `r${entity.fields.length}`,
          type: 'String',
          args: choice.chance(20) ? '(of: Int)' : '',
          owners: [owner],
          targets: [],
          fails: false,
          requires: { set: field.args ? `${field.name}(of: ${of})` : field.name, name: field.name, args },
        });
      }
    }
  }

  const queries: Field[] = names.flatMap((name) => {
    const here = inSubgraph(name);
    return here.flatMap((entity): Field[] => {
      const lists: Field = {
        name: `${name}${entity.name}s`,
        type: listed(entity.name),
        args: '',
        owners: [name],
        targets: [entity.name],
        fails: false,
      };
      const lookup: Field = {
        name: `${name}${entity.name}`,
        type: entity.name,
        args: '(id: ID!)',
        owners: [name],
        targets: [entity.name],
        fails: false,
      };
      const provided = entity.fields.filter(
        (field) => field.targets.length === 0 && !field.requires && !field.args && !field.owners.includes(name),
      );
      const chosen = provided.length > 0 && choice.chance(50) ? choice.of(provided) : null;
      if (chosen) Object.assign(chosen, { fails: false, isProvided: true });
      const providing: Field[] = chosen
        ? [
            {
              ...lists,
              name: `${name}${entity.name}Provided`,
              type: `[${entity.name}]`,
              provides: { set: chosen.name, field: chosen },
            },
          ]
        : [];
      return [
        ...(choice.chance(70) ? [lists] : []),
        ...(entity.keys.get(name)?.includes('id') && choice.chance(60) ? [lookup] : []),
        ...providing,
      ];
    });
  });
  for (const name of names) {
    const here = inSubgraph(name).filter(({ hasLabel }) => hasLabel);
    if (here.length > 0 && choice.chance(60))
      queries.push({
        name: `${name}Labelled`,
        type: '[Labelled]',
        args: '',
        owners: [name],
        targets: here.map((entity) => entity.name),
        fails: false,
      });
  }
  if (inSubgraph(unionHome).length > 0)
    queries.push({
      name: 'either',
      type: '[Either]',
      args: '',
      owners: [unionHome],
      targets: inSubgraph(unionHome).map(({ name }) => name),
      fails: false,
    });

  // An interface whose types are defined in one subgraph, and that another extends without defining them.
  const [itemHome, itemExtender] = [names[0] as string, names[1] as string];
  const itemTypes = ['I0', 'I1'];
  const hasItems = choice.chance(60);
  const extra: Field = {
    name: 'extra',
    type: nullable('String'),
    args: '',
    owners: [itemExtender],
    targets: [],
    fails: false,
  };
  const size: Field = { name: 'size', type: 'Int', args: '', owners: [itemHome], targets: [], fails: false };
  const extraOfSize: Field = {
    name: 'extraOfSize',
    type: 'String',
    args: '',
    owners: [itemExtender],
    targets: [],
    fails: false,
    requires: { set: 'size', name: 'size', args: {} },
  };
  const hasExtraOfSize = choice.chance(50);
  if (hasItems) {
    queries.push({ name: 'items', type: '[Item]', args: '', owners: [itemHome], targets: itemTypes, fails: false });
    if (choice.chance(70))
      queries.push({
        name: 'itemsByExtra',
        type: '[Item]',
        args: '',
        owners: [itemExtender],
        targets: itemTypes,
        fails: false,
      });
  }

  const bumped = choice.of(
    entities.filter(({ keys }) => [...keys.values()].some((kinds) => kinds.includes('id'))).concat(labelled),
  );
  bumped.fields.push({ name: 'count', type: 'Int!', args: '', owners: [bumped.home], targets: [], fails: false });
  const bumping = choice.of([...bumped.keys.keys()]);

  function value(type: string, at: number, field: Field, args: Record<string, unknown>): unknown {
    if (field.requires) {
      const required =
        entities.find(({ name }) => name === type)?.fields.find(({ name }) => name === field.requires?.name) ?? size;
      return `${field.name}(${JSON.stringify(value(type, at, required, field.requires.args) ?? null)},${JSON.stringify(args['of'] ?? null)})`;
    }
    if (field.name === 'count' && type !== 'Query') return counters.get(`${type}${at}`) ?? 0;
    const draw = drawn(type, at, field.name, args);
    if (field.fails && draw.chance(30)) throw new GraphQLError('no');
    const isNonNull = field.type.endsWith('!');
    if (!isNonNull && draw.chance(15)) return null;
    const inner = field.type.replace(/[[\]!]/g, '');
    const isElementNonNull = /!\]/.test(field.type);
    const one = (): unknown => {
      if (field.targets.length > 0)
        return { __typename: draw.of(field.targets), at: draw.below(COUNT) } satisfies Thing;
      if (inner === 'Int') return draw.below(1000);
      if (inner === 'Boolean') return draw.chance(50);
      return `${type}${at}.${field.name}${JSON.stringify(args)}`;
    };
    if (!field.type.startsWith('[')) return one();
    return Array.from({ length: draw.below(4) }, () => (!isElementNonNull && draw.chance(15) ? null : one()));
  }

  const idOf = ({ __typename, concrete = __typename, at }: Thing): string => `${concrete}:${at}`;
  const indexOf = (text: unknown): number => {
    const at = /(\d+)$/.exec(String(text))?.[1];
    return at === undefined ? COUNT : Number(at);
  };
  const keyValues = {
    id: (thing: Thing) => idOf(thing),
    region: (thing: Thing) => `r${thing.at}`,
    code: (thing: Thing) => `c${thing.at}`,
    ref: (thing: Thing) => ({ code: `n${thing.at}` }),
  };
  const found = (type: string, representation: Record<string, unknown>): Thing | null => {
    const ref = representation['ref'] as { code?: unknown } | undefined;
    const id = representation['id'];
    if (id !== undefined && !String(id).startsWith(`${type}:`)) return null;
    const at = indexOf(id ?? representation['code'] ?? ref?.code);
    return exists(at) ? { __typename: type, at, reference: representation } : null;
  };
  const lookedUp = (type: string, id: unknown): Thing | null => found(type, { id });

  const rootValue = (field: Field, args: Record<string, unknown>): unknown =>
    field.args ? lookedUp(field.targets[0] as string, args['id']) : value('Query', 0, field, args);
  /** Objects as returned by a subgraph that provides a field of another subgraph with them. */
  const withProvided = ({ provides }: Field, things: unknown): unknown =>
    provides && Array.isArray(things)
      ? (things as (Thing | null)[]).map(
          (thing) =>
            thing && {
              ...thing,
              reference: { [provides.field.name]: value(thing.__typename, thing.at, provides.field, {}) ?? null },
            },
        )
      : things;
  const bump = (id: unknown): Thing | null => {
    const thing = lookedUp(bumped.name, id);
    if (thing) counters.set(`${bumped.name}${thing.at}`, (counters.get(`${bumped.name}${thing.at}`) ?? 0) + 1);
    return thing;
  };

  const truth: MadeUpGraph['truth'] = {
    Query: Object.fromEntries(queries.map((field) => [field.name, (_parent, args) => rootValue(field, args)])),
    Mutation: { bump: (_parent, args) => bump(args['id']) },
  };
  const resolverOf =
    (field: Field): GraphQLFieldResolver<unknown, unknown> =>
    (parent, args) =>
      value((parent as Thing).concrete ?? (parent as Thing).__typename, (parent as Thing).at, field, args);
  const keyResolvers = Object.fromEntries(
    Object.entries(keyValues).map(([name, read]) => [name, (parent: unknown) => read(parent as Thing)]),
  );
  for (const entity of entities)
    truth[entity.name] = {
      ...keyResolvers,
      ...Object.fromEntries(entity.fields.map((field) => [field.name, resolverOf(field)])),
    };
  for (const type of itemTypes)
    truth[type] = {
      ...keyResolvers,
      ...Object.fromEntries([extra, size, extraOfSize].map((field) => [field.name, resolverOf(field)])),
    };

  const subgraphs = Object.fromEntries(names.map((name) => [name, subgraphOf(name)]));
  return {
    subgraphs,
    truth,
    ids: [...entities.map(({ name }) => name), ...itemTypes]
      .flatMap((type) => Array.from({ length: COUNT + 1 }, (_, at) => `${type}:${at}`))
      .concat('nothing'),
    reset: () => counters.clear(),
  };

  function subgraphOf(name: string): TestSubgraph {
    const lines: string[] = [];
    const resolvers: Resolvers = {};
    const here = inSubgraph(name);
    const lookups = queries.filter(({ owners }) => owners.includes(name));
    let usesRef = false;
    for (const entity of here) {
      const kinds = entity.keys.get(name) ?? [];
      usesRef ||= kinds.includes('nested');
      const own = entity.fields.filter(({ owners }) => owners.includes(name));
      const external = new Map<string, Field>();
      for (const { requires } of own) {
        const field = requires && entity.fields.find((candidate) => candidate.name === requires.name);
        if (field && !field.owners.includes(name)) external.set(field.name, field);
      }
      const provided = lookups.flatMap(({ targets, provides }) =>
        provides && targets[0] === entity.name ? [provides.field] : [],
      );
      for (const field of provided) external.set(field.name, field);
      const declared = own.map((field) => {
        const requires = field.requires ? ` @requires(fields: ${JSON.stringify(field.requires.set)})` : '';
        return `${field.name}${field.args}: ${field.type}${requires}${field.owners.length > 1 || field.isProvided ? ' @shareable' : ''}`;
      });
      const externals = [...external.values()].map((field) => `${field.name}${field.args}: ${field.type} @external`);
      const labelled = entity.hasLabel ? ' implements Labelled' : '';
      lines.push(
        `type ${entity.name}${labelled} ${kinds.map((kind) => `@key(fields: "${KEYS[kind].fields}")`).join(' ')} { ${[...kinds.flatMap((kind) => KEYS[kind].declarations), ...declared, ...externals].join(' ')} }`,
      );
      const fields: Resolvers = {
        __resolveReference: (representation: Record<string, unknown>) => found(entity.name, representation),
      };
      for (const key of Object.keys(keyValues)) fields[key] = keyResolvers[key];
      for (const field of own) {
        const { requires } = field;
        if (!requires) fields[field.name] = resolverOf(field);
        else
          fields[field.name] = ({ reference }: Thing, args: Record<string, unknown>) =>
            `${field.name}(${JSON.stringify(reference && requires.name in reference ? reference[requires.name] : 'NOT GIVEN')},${JSON.stringify(args['of'] ?? null)})`;
      }
      for (const field of provided) fields[field.name] = resolverOf(field);
      // Resolvers of what the type does not declare here are not allowed.
      resolvers[entity.name] = Object.fromEntries(
        Object.entries(fields).filter(
          ([field]) => field === '__resolveReference' || new RegExp(`\\b${field}\\b`).test(lines.at(-1) as string),
        ),
      );
    }
    if (here.some(({ hasLabel }) => hasLabel))
      lines.push(`interface Labelled { id: ID! ${name === labelOwner ? 'label: String' : ''} }`);
    if (usesRef) lines.push('type Ref @shareable { code: ID! }');
    if (name === unionHome && here.length > 0)
      lines.push(`union Either = ${here.map((entity) => entity.name).join(' | ')}`);
    if (hasItems && name === itemHome) {
      lines.push('interface Item @key(fields: "id") { id: ID! size: Int }');
      for (const type of itemTypes) {
        lines.push(`type ${type} implements Item @key(fields: "id") { id: ID! size: Int }`);
        resolvers[type] = {
          __resolveReference: (representation: Record<string, unknown>) => found(type, representation),
          id: keyResolvers['id'],
          size: resolverOf(size),
        };
      }
      resolvers['Item'] = {
        __resolveReference: ({ id }: { id: string }) =>
          itemTypes.map((type) => lookedUp(type, id)).find((item) => item !== null) ?? null,
      };
    }
    if (hasItems && name === itemExtender) {
      const fields = [extra, ...(hasExtraOfSize ? [extraOfSize] : [])];
      const declared = fields.map(
        (field) => `${field.name}: ${field.type}${field.requires ? ` @requires(fields: "${field.requires.set}")` : ''}`,
      );
      lines.push(
        `type Item @key(fields: "id") @interfaceObject { id: ID! ${declared.join(' ')} ${hasExtraOfSize ? 'size: Int @external' : ''} }`,
      );
      const item = ({ id }: { id: string }) => {
        const known = itemTypes.map((type) => lookedUp(type, id)).find((candidate) => candidate !== null);
        return known ? { id, at: known.at, concrete: known.__typename } : null;
      };
      resolvers['Item'] = {
        __resolveReference: (representation: { id: string }) => {
          const known = item(representation);
          return known && { ...known, reference: representation };
        },
        id: keyResolvers['id'],
        extra: resolverOf(extra),
        ...(hasExtraOfSize && {
          extraOfSize: ({ reference }: Thing) =>
            `extraOfSize(${JSON.stringify(reference && 'size' in reference ? reference['size'] : 'NOT GIVEN')},null)`,
        }),
      };
    }
    const declaredQueries = lookups.map(
      (field) =>
        `${field.name}${field.args}: ${field.type}${field.provides ? ` @provides(fields: ${JSON.stringify(field.provides.set)})` : ''}`,
    );
    const query = [...declaredQueries, `_${name}: Int`];
    lines.push(`type Query { ${query.join(' ')} }`);
    resolvers['Query'] = Object.fromEntries(
      lookups.map((field) => [
        field.name,
        (_: unknown, args: Record<string, unknown>) => withProvided(field, rootValue(field, args)),
      ]),
    );
    if (name === bumping) {
      lines.push(`type Mutation { bump(id: ID!): ${bumped.name} }`);
      resolvers['Mutation'] = { bump: (_: unknown, args: Record<string, unknown>) => bump(args['id']) };
    }
    return { sdl: lines.join('\n'), resolvers };
  }
}
