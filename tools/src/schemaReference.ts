import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  print,
} from 'graphql';

const KINDS: [title: string, is: (type: GraphQLNamedType) => boolean][] = [
  ['Interfaces and unions', (type) => isInterfaceType(type) || isUnionType(type)],
  ['Types', isObjectType],
  ['Enums', isEnumType],
  ['Inputs', isInputObjectType],
  ['Scalars', isScalarType],
];

const BUILT_IN = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

/** The schema as a page of Markdown: each type, field, argument and value with its description. */
export function schemaReference(schema: GraphQLSchema): string {
  const query = schema.getQueryType();
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !BUILT_IN.has(type.name) && type !== query)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Schema\n\nWritten by `npm run docs` from the composed schema. A type with `!` is never null.',
    ...(query ? [`## Query\n\n${bodyOf(query)}`] : []),
    ...KINDS.map(([title, is]) => `## ${title}\n\n${types.filter(is).map(sectionOf).join('\n\n')}`),
  ]
    .join('\n\n')
    .concat('\n');
}

const sectionOf = (type: GraphQLNamedType): string =>
  [`### ${type.name}`, flat(type.description), bodyOf(type)].filter((part) => part !== '').join('\n\n');

function bodyOf(type: GraphQLNamedType): string {
  if (isEnumType(type))
    return table(
      'Value',
      type.getValues().map(({ name, description }) => [`\`${name}\``, description]),
    );
  if (isUnionType(type))
    return `One of ${type
      .getTypes()
      .map(({ name }) => `\`${name}\``)
      .join(', ')}.`;
  if (isInputObjectType(type)) return table('Field', Object.values(type.getFields()).map(argumentRow));
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  return table(
    'Field',
    Object.values(type.getFields()).flatMap((field) => [
      [`\`${field.name}: ${String(field.type)}\``, field.description] as const,
      ...field.args.map((argument) => [`&nbsp;&nbsp;${argumentRow(argument)[0]}`, argument.description] as const),
    ]),
  );
}

const argumentRow = ({
  name,
  type,
  defaultValue,
  description,
}: Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue' | 'description'>): readonly [
  string,
  string | null | undefined,
] => [`\`${name}: ${String(type)}${defaultText(type, defaultValue)}\``, description];

/** A default as it would be written in a document. */
function defaultText(type: GraphQLInputType, value: unknown): string {
  const written = value === undefined ? undefined : astFromValue(value, type);
  return written ? ` = ${print(written)}` : '';
}

const table = (head: string, rows: (readonly [string, string | null | undefined])[]): string =>
  [
    `| ${head} | |`,
    '| --- | --- |',
    ...rows.map(([name, description]) => `| ${name} | ${flat(description).replaceAll('|', '\\|')} |`),
  ].join('\n');

const flat = (description: string | null | undefined): string => (description ?? '').replaceAll(/\s+/g, ' ').trim();
