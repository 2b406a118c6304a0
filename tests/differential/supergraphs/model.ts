import { SeededRandom } from '../../support/seededRandom.js';

export type KeyKind = 'id' | 'compound' | 'nested';

export const KEYS: Record<KeyKind, { fields: string; declarations: string[] }> = {
  id: { fields: 'id', declarations: ['id: ID!'] },
  compound: { fields: 'region code', declarations: ['region: String!', 'code: ID!'] },
  nested: { fields: 'ref { code }', declarations: ['ref: Ref!'] },
};

export interface Field {
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

export interface Entity {
  name: string;
  /** Keys by subgraph; a subgraph without one does not have the type. */
  keys: Map<string, KeyKind[]>;
  home: string;
  fields: Field[];
  hasLabel: boolean;
}

/** An interface whose types are defined in one subgraph, and that another extends without defining them. */
export interface Items {
  home: string;
  extender: string;
  types: string[];
  size: Field;
  extra: Field;
  /** Requires `size`. Null if the extending subgraph does not have it. */
  extraOfSize: Field | null;
}

/** What a generated graph consists of, before it has resolvers. */
export interface GraphModel {
  seed: number;
  subgraphs: string[];
  entities: Entity[];
  /** The subgraph that resolves `Labelled.label`. */
  labelOwner: string;
  /** The subgraph that defines the union `Either`. */
  unionHome: string;
  queries: Field[];
  items: Items | null;
  /** The entity whose `count` the mutation increases, and the subgraph that has the mutation. */
  bumped: Entity;
  bumping: string;
}

export const entitiesIn = ({ entities }: Pick<GraphModel, 'entities'>, subgraph: string): Entity[] =>
  entities.filter(({ keys }) => keys.has(subgraph));

const fieldOf = (name: string, type: string, owners: string[], rest: Partial<Field> = {}): Field => ({
  name,
  type,
  args: '',
  owners,
  targets: [],
  fails: false,
  ...rest,
});

/** The choices of one seed. The same seed always gives the same model. */
export function modelOf(seed: number): GraphModel {
  const choice = new SeededRandom(seed);
  const subgraphs = ['a', 'b', 'c', 'd'].slice(0, 2 + choice.below(3));
  const entities = chooseEntities(choice, subgraphs);
  const labelled = entities.filter(({ hasLabel }) => hasLabel);
  const labelOwner = choice.of(subgraphs);
  for (const entity of labelled) if (!entity.keys.has(labelOwner)) entity.keys.set(labelOwner, ['id']);
  const unionHome = choice.of(subgraphs);
  const parts = { entities, subgraphs, labelOwner, unionHome };
  for (const entity of entities) addFields(choice, parts, entity);
  const queries = chooseQueries(choice, parts);
  const items = chooseItems(choice, subgraphs, queries);
  const bumped = choice.of(
    entities.filter(({ keys }) => [...keys.values()].some((kinds) => kinds.includes('id'))).concat(labelled),
  );
  bumped.fields.push(fieldOf('count', 'Int!', [bumped.home]));
  return { seed, ...parts, queries, items, bumped, bumping: choice.of([...bumped.keys.keys()]) };
}

type Parts = Pick<GraphModel, 'entities' | 'subgraphs' | 'labelOwner' | 'unionHome'>;

const nullable = (choice: SeededRandom, type: string): string => (choice.chance(20) ? `${type}!` : type);
const listed = (choice: SeededRandom, type: string): string => choice.of([`[${type}]`, `[${type}!]`, `[${type}!]!`]);

const chooseEntities = (choice: SeededRandom, subgraphs: string[]): Entity[] =>
  Array.from({ length: 2 + choice.below(3) }, (_, index) => {
    const home = choice.of(subgraphs);
    const hasLabel = index < 2;
    const kinds = choice.some<KeyKind>(['id', 'compound', 'nested'], 45);
    if (hasLabel && !kinds.includes('id')) kinds.unshift('id');
    const keys = new Map<string, KeyKind[]>([[home, kinds]]);
    for (const name of subgraphs)
      if (name !== home && choice.chance(60)) keys.set(name, hasLabel ? ['id'] : [choice.of(kinds)]);
    return { name: `T${index}`, keys, home, fields: [], hasLabel };
  });

function addFields(choice: SeededRandom, parts: Parts, entity: Entity): void {
  for (const owner of entity.keys.keys())
    for (let count = choice.below(4); count > 0; count--) addField(choice, parts, entity, owner);
  if (entity.hasLabel) entity.fields.push(fieldOf('label', 'String', [parts.labelOwner]));
  for (const owner of entity.keys.keys()) addRequiringFields(choice, entity, owner);
}

function addField(choice: SeededRandom, parts: Parts, entity: Entity, owner: string): void {
  const name = `f${entity.fields.length}`;
  const other = [...entity.keys.keys()].find((candidate) => candidate !== owner);
  const owners = other && choice.chance(15) ? [owner, other] : [owner];
  const fails = choice.chance(15);
  const here = entitiesIn(parts, owner).filter(({ keys }) => owners.every((each) => keys.has(each)));
  if (choice.chance(50) || here.length === 0) {
    const args = choice.chance(30) ? '(of: Int, by: ID)' : '';
    const type = nullable(choice, choice.of(['String', 'Int', '[Int]', 'ID', 'Boolean']));
    entity.fields.push(fieldOf(name, type, owners, { args, fails }));
    return;
  }
  const [target, targets] = chooseTarget(choice, here, owners.length === 1, owner === parts.unionHome);
  if (targets.length === 0) return;
  const type = choice.chance(40) ? listed(choice, target) : nullable(choice, target);
  entity.fields.push(fieldOf(name, type, owners, { targets, fails }));
}

/** The declared type of a field, and the object types that it may return. */
function chooseTarget(
  choice: SeededRandom,
  here: Entity[],
  mayBeAbstract: boolean,
  hasUnion: boolean,
): [string, string[]] {
  const names = here.map(({ name }) => name);
  if (mayBeAbstract && choice.chance(25) && hasUnion) return ['Either', names];
  if (mayBeAbstract && choice.chance(25))
    return ['Labelled', here.filter(({ hasLabel }) => hasLabel).map(({ name }) => name)];
  const target = choice.of(here).name;
  return [target, [target]];
}

/** Fields of a subgraph that require one of another subgraph. */
function addRequiringFields(choice: SeededRandom, entity: Entity, owner: string): void {
  const candidates = entity.fields.filter(
    (field) => field.targets.length === 0 && !field.requires && !field.owners.includes(owner),
  );
  while (candidates.length > 0 && choice.chance(40)) {
    const field = choice.of(candidates);
    field.fails = false;
    const of = choice.below(3);
    const requires = {
      set: field.args ? `${field.name}(of: ${of})` : field.name,
      name: field.name,
      args: field.args ? { of } : {},
    };
    const args = choice.chance(20) ? '(of: Int)' : '';
    entity.fields.push(fieldOf(`r${entity.fields.length}`, 'String', [owner], { args, requires }));
  }
}

function chooseQueries(choice: SeededRandom, parts: Parts): Field[] {
  const { subgraphs, unionHome } = parts;
  const queries = subgraphs.flatMap((name) =>
    entitiesIn(parts, name).flatMap((entity) => queriesOfEntity(choice, name, entity)),
  );
  for (const name of subgraphs) {
    const targets = entitiesIn(parts, name).filter(({ hasLabel }) => hasLabel);
    if (targets.length > 0 && choice.chance(60))
      queries.push(
        fieldOf(`${name}Labelled`, '[Labelled]', [name], { targets: targets.map(({ name: type }) => type) }),
      );
  }
  const members = entitiesIn(parts, unionHome).map(({ name }) => name);
  if (members.length > 0) queries.push(fieldOf('either', '[Either]', [unionHome], { targets: members }));
  return queries;
}

/** A list, a look-up by id and a list that provides a field of another subgraph. Each may be absent. */
function queriesOfEntity(choice: SeededRandom, name: string, entity: Entity): Field[] {
  const targets = [entity.name];
  const lists = fieldOf(`${name}${entity.name}s`, listed(choice, entity.name), [name], { targets });
  const lookup = fieldOf(`${name}${entity.name}`, entity.name, [name], { args: '(id: ID!)', targets });
  const candidates = entity.fields.filter(
    (field) => field.targets.length === 0 && !field.requires && !field.args && !field.owners.includes(name),
  );
  const provided = candidates.length > 0 && choice.chance(50) ? choice.of(candidates) : null;
  if (provided) Object.assign(provided, { fails: false, isProvided: true });
  return [
    ...(choice.chance(70) ? [lists] : []),
    ...(entity.keys.get(name)?.includes('id') && choice.chance(60) ? [lookup] : []),
    ...(provided
      ? [
          fieldOf(`${name}${entity.name}Provided`, `[${entity.name}]`, [name], {
            targets,
            provides: { set: provided.name, field: provided },
          }),
        ]
      : []),
  ];
}

/** Adds the queries of the items, too. */
function chooseItems(choice: SeededRandom, subgraphs: string[], queries: Field[]): Items | null {
  const [home, extender] = subgraphs as [string, string];
  const types = ['I0', 'I1'];
  const isPresent = choice.chance(60);
  const extra = fieldOf('extra', nullable(choice, 'String'), [extender]);
  const size = fieldOf('size', 'Int', [home]);
  const extraOfSize = choice.chance(50)
    ? fieldOf('extraOfSize', 'String', [extender], { requires: { set: 'size', name: 'size', args: {} } })
    : null;
  if (!isPresent) return null;
  queries.push(fieldOf('items', '[Item]', [home], { targets: types }));
  if (choice.chance(70)) queries.push(fieldOf('itemsByExtra', '[Item]', [extender], { targets: types }));
  return { home, extender, types, size, extra, extraOfSize };
}
