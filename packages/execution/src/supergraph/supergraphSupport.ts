import { stringOf } from '@dossier/graphql';
import { type ConstDirectiveNode, type ConstValueNode, type DefinitionNode, type DocumentNode, Kind } from 'graphql';
import { literalOf } from './joinDirectives.js';
import { percentageOf } from './overrides.js';

/** Which directives of a supergraph the gateway supports. */
export interface SupergraphSupport {
  /** Unsupported directives that change results: one sentence for each, with its coordinate. */
  problems: readonly string[];
  /** Unknown directives that the supergraph declares as not needed for execution: their names with `@`. */
  ignored: readonly string[];
}

interface SupportOptions {
  /** Whether the engine evaluates `@override` labels. */
  supportsOverrideLabels: boolean;
}

/** Specifications that change which data a client receives, or where it comes from. */
const UNSUPPORTED = new Set(['authenticated', 'requiresScopes', 'policy', 'context', 'connect', 'source']);
/** Specifications that are implemented, or that only matter to tools. */
const SUPPORTED = new Set(['link', 'core', 'join', 'inaccessible', 'tag', 'cost']);
/** Directives of GraphQL itself, and those that the gateway reads by name. */
const KNOWN = new Set(['deprecated', 'specifiedBy', 'oneOf', 'skip', 'include', 'cacheControl']);

/**
 * Checks which directives of a supergraph are supported.
 * Link specification, `for`: https://specs.apollo.dev/link/v1.0/
 */
export function supergraphSupport(
  document: DocumentNode,
  { supportsOverrideLabels }: SupportOptions,
): SupergraphSupport {
  const features = linkedFeatures(document);
  const problems: string[] = [];
  const ignored = new Set<string>();

  const checkField = (directive: ConstDirectiveNode, coordinate: string): void => {
    const label = stringOf(literalOf(directive, 'overrideLabel'));
    if (label !== null && (!supportsOverrideLabels || percentageOf(label) === null))
      problems.push(
        `@override(label: ${JSON.stringify(label)}) of ${coordinate} is not supported; ${supportsOverrideLabels ? 'expected a label of the form percent(25)' : 'only EXECUTION=own supports labels'}.`,
      );
    if (literalOf(directive, 'contextArguments')) problems.push(`@fromContext of ${coordinate} is not supported.`);
  };

  for (const { directive, coordinate } of applications(document)) {
    const name = directive.name.value;
    const composed = name === 'join__directive' ? stringOf(literalOf(directive, 'name')) : null;
    const spec = composed ?? features.specOf(name);
    if (spec !== null && UNSUPPORTED.has(spec))
      problems.push(`@${composed ?? name} of ${coordinate} is not supported.`);
    else if (name === 'join__field') checkField(directive, coordinate);
    else if (!(spec !== null && SUPPORTED.has(spec)) && !KNOWN.has(name)) ignored.add(`@${composed ?? name}`);
  }
  return { problems: [...problems, ...features.problems], ignored: [...ignored].sort() };
}

interface LinkedFeatures {
  /** The specification that a directive belongs to; null if none. */
  specOf: (directive: string) => string | null;
  problems: readonly string[];
}

/** The specifications that the schema links, and the names of their directives. */
function linkedFeatures(document: DocumentNode): LinkedFeatures {
  const specs = new Map<string, string>();
  const prefixes = new Map<string, string>();
  const problems: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const url = stringOf(literalOf(directive, 'url') ?? literalOf(directive, 'feature'));
      const spec = /([^/]+)\/v\d+(?:\.\d+)*\/?$/.exec(url ?? '')?.[1];
      if (url === null || spec === undefined) continue;
      const prefix = stringOf(literalOf(directive, 'as')) ?? spec;
      specs.set(prefix, spec);
      prefixes.set(`${prefix}__`, spec);
      for (const imported of importsOf(literalOf(directive, 'import'))) specs.set(imported, spec);
      const purpose = literalOf(directive, 'for');
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

/** The local names of the directives that an `import` argument lists. */
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

/** Every directive applied in the document, with the coordinate of its location. */
function applications(document: DocumentNode): Application[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
      return applicationsOn(definition, 'the schema');
    if (!('name' in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) return [];
    const type = definition.name.value;
    return [
      ...applicationsOn(definition, type),
      ...members(definition).flatMap(({ coordinate, node }) => applicationsOn(node, `${type}.${coordinate}`)),
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

const applicationsOn = (
  { directives = [] }: { readonly directives?: readonly unknown[] | undefined },
  coordinate: string,
): Application[] => (directives as readonly ConstDirectiveNode[]).map((directive) => ({ directive, coordinate }));
