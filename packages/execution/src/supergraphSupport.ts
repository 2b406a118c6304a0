import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
} from 'graphql';
import { percentageOf } from './overrides.js';

/** What this gateway makes of the directives of a supergraph. */
export interface SupergraphSupport {
  /** Directives that change results and are not supported, each as a sentence with its coordinate. */
  problems: readonly string[];
  /** Names of directives that are not known and, as the supergraph says, change no result; with `@`. */
  ignored: readonly string[];
}

interface SupportOptions {
  /** Whether the execution evaluates labels of `@override`. */
  supportsOverrideLabels: boolean;
}

/** Specifications that decide which results a client gets, or where they come from. */
const UNSUPPORTED = new Set(['authenticated', 'requiresScopes', 'policy', 'context', 'connect', 'source']);
/** Specifications that are carried out, or that only matter to tools. */
const SUPPORTED = new Set(['link', 'core', 'join', 'inaccessible', 'tag', 'cost']);
/** Directives of GraphQL itself, and those that this gateway reads by name. */
const KNOWN = new Set(['deprecated', 'specifiedBy', 'oneOf', 'skip', 'include', 'cacheControl']);

/** Reads which directives of a supergraph are supported. */
export function supergraphSupport(
  document: DocumentNode,
  { supportsOverrideLabels }: SupportOptions,
): SupergraphSupport {
  const features = linkedFeatures(document);
  const problems: string[] = [];
  const ignored = new Set<string>();

  const checkField = (directive: ConstDirectiveNode, coordinate: string): void => {
    const label = stringOf(argumentOf(directive, 'overrideLabel'));
    if (label !== null && (!supportsOverrideLabels || percentageOf(label) === null))
      problems.push(
        `@override(label: ${JSON.stringify(label)}) of ${coordinate} is not supported; ${supportsOverrideLabels ? 'expected a label of the form percent(25)' : 'only EXECUTION=own supports labels'}.`,
      );
    if (argumentOf(directive, 'contextArguments')) problems.push(`@fromContext of ${coordinate} is not supported.`);
  };

  for (const { directive, coordinate } of applications(document)) {
    const name = directive.name.value;
    const composed = name === 'join__directive' ? stringOf(argumentOf(directive, 'name')) : null;
    const spec = composed ?? features.specOf(name);
    if (spec !== null && UNSUPPORTED.has(spec))
      problems.push(`@${composed ?? name} of ${coordinate} is not supported.`);
    else if (name === 'join__field') checkField(directive, coordinate);
    else if (!(spec !== null && SUPPORTED.has(spec)) && !KNOWN.has(name)) ignored.add(`@${composed ?? name}`);
  }
  return { problems: [...problems, ...features.problems], ignored: [...ignored].sort() };
}

interface LinkedFeatures {
  /** The specification that a directive belongs to; null if it is of none. */
  specOf: (directive: string) => string | null;
  problems: readonly string[];
}

/** What the schema links to, and under which names. */
function linkedFeatures(document: DocumentNode): LinkedFeatures {
  const specs = new Map<string, string>();
  const prefixes = new Map<string, string>();
  const problems: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const url = stringOf(argumentOf(directive, 'url') ?? argumentOf(directive, 'feature'));
      const spec = /([^/]+)\/v\d+(?:\.\d+)*\/?$/.exec(url ?? '')?.[1];
      if (url === null || spec === undefined) continue;
      const prefix = stringOf(argumentOf(directive, 'as')) ?? spec;
      specs.set(prefix, spec);
      prefixes.set(`${prefix}__`, spec);
      for (const imported of importsOf(argumentOf(directive, 'import'))) specs.set(imported, spec);
      const purpose = argumentOf(directive, 'for');
      if (purpose?.kind === Kind.ENUM && !SUPPORTED.has(spec) && !UNSUPPORTED.has(spec))
        problems.push(`@link(url: ${JSON.stringify(url)}, for: ${purpose.value}) of the schema is not supported.`);
    }
  }
  return {
    problems,
    specOf: (directive) =>
      specs.get(directive) ?? [...prefixes].find(([prefix]) => directive.startsWith(prefix))?.[1] ?? null,
  };
}

/** Names of the directives that a link imports, as the supergraph calls them. */
function importsOf(value: ConstValueNode | undefined): string[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((entry) => {
    const fields =
      entry.kind === Kind.OBJECT
        ? new Map(entry.fields.map((field) => [field.name.value, stringOf(field.value)]))
        : null;
    const name = fields ? (fields.get('as') ?? fields.get('name')) : stringOf(entry);
    return name?.startsWith('@') ? [name.slice(1)] : [];
  });
}

interface Application {
  directive: ConstDirectiveNode;
  coordinate: string;
}

/** Every directive that is applied, with the schema coordinate of what it is applied to. */
function applications(document: DocumentNode): Application[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
      return appliedTo(definition, 'the schema');
    if (!('name' in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) return [];
    const type = definition.name.value;
    return [
      ...appliedTo(definition, type),
      ...members(definition).flatMap(({ coordinate, node }) => appliedTo(node, `${type}.${coordinate}`)),
    ];
  });
}

interface Member {
  coordinate: string;
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined };
}

/** Fields, arguments and enum values of a type. */
function members(definition: DefinitionNode): Member[] {
  if ('values' in definition) return (definition.values ?? []).map((node) => ({ coordinate: node.name.value, node }));
  if (!('fields' in definition)) return [];
  return (definition.fields ?? []).flatMap((node): Member[] => {
    const field = node.name.value;
    const args = node.kind === Kind.FIELD_DEFINITION ? (node.arguments ?? []) : [];
    return [
      { coordinate: field, node },
      ...args.map((argument) => ({ coordinate: `${field}(${argument.name.value}:)`, node: argument })),
    ];
  });
}

const appliedTo = (
  { directives = [] }: { readonly directives?: readonly unknown[] | undefined },
  coordinate: string,
): Application[] => (directives as readonly ConstDirectiveNode[]).map((directive) => ({ directive, coordinate }));

const argumentOf = (
  directive: { readonly arguments?: readonly ConstArgumentNode[] | undefined },
  name: string,
): ConstValueNode | undefined => directive.arguments?.find((argument) => argument.name.value === name)?.value;

const stringOf = (value: ConstValueNode | undefined): string | null =>
  value?.kind === Kind.STRING ? value.value : null;
