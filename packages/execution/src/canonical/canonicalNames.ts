import { type ArgumentNode, type FieldNode, Kind, type OperationDefinitionNode, print, type ValueNode } from 'graphql';
import type { GraphFields } from './graphFields.js';

/** Assigns canonical names to variables and response keys, numbered in the order of their first use. */
export class CanonicalNames {
  /** The client's names of the used variables, by canonical name. */
  readonly variables = new Map<string, string>();
  /** Canonical names by the client's names. */
  readonly #canonical = new Map<string, string>();
  readonly #identities = new WeakMap<FieldNode, string>();
  readonly #keys = new Map<string, Map<string, string>>();
  readonly #graph: GraphFields;
  readonly #declared: ReadonlySet<string>;
  readonly #separatesAliases: boolean;

  /** `separatesAliases`: whether aliases of one field with the same arguments are different fields. */
  constructor(graph: GraphFields, operation: OperationDefinitionNode, separatesAliases: boolean) {
    this.#graph = graph;
    this.#separatesAliases = separatesAliases;
    this.#declared = new Set((operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
  }

  /**
   * Identifies a field with its arguments and directives. Root fields of a mutation run once each, so their response
   * key is included.
   */
  identityOf(node: FieldNode, isMutation = false): string {
    let identity = this.#identities.get(node);
    if (identity === undefined) {
      const args = this.#argumentsSource(
        [...(node.arguments ?? [])].sort((one, other) => (one.name.value < other.name.value ? -1 : 1)),
      );
      const directives = (node.directives ?? [])
        .filter(({ name }) => name.value !== 'skip' && name.value !== 'include')
        .map((directive) => ` @${directive.name.value}${this.#argumentsSource(directive.arguments)}`);
      identity = `${node.name.value}${args}${directives.join('')}`;
      this.#identities.set(node, identity);
    }
    const isSeparate = isMutation || (this.#separatesAliases && node.selectionSet !== undefined);
    return isSeparate ? `${identity}\n${(node.alias ?? node.name).value}` : identity;
  }

  /** A field identity in GraphQL syntax. */
  sourceOf = (identity: string): string => identity.split('\n', 1)[0] as string;

  /** The response key of a field: its name, with a number if the field can have arguments or directives. */
  keyOf(name: string, identity: string): string {
    if (identity === name && !this.#graph.takesArguments(name)) return name;
    let keys = this.#keys.get(name);
    if (!keys) {
      keys = new Map();
      this.#keys.set(name, keys);
    }
    let key = keys.get(identity);
    if (key === undefined) {
      key = `${name}${this.#graph.separator}${keys.size}`;
      keys.set(identity, key);
    }
    return key;
  }

  /** Definitions of the used variables. */
  definitions({ variableDefinitions = [] }: OperationDefinitionNode): string {
    const byName = new Map(variableDefinitions.map((definition) => [definition.variable.name.value, definition]));
    const used = [...this.variables].map(([canonical, name]) => {
      const definition = byName.get(name);
      return definition
        ? `$${canonical}: ${print(definition.type)}${definition.defaultValue ? ` = ${print(definition.defaultValue)}` : ''}`
        : '';
    });
    return used.length > 0 ? `(${used.join(', ')})` : '';
  }

  #argumentsSource(args: readonly ArgumentNode[] = []): string {
    return args.length > 0
      ? `(${args.map(({ name, value }) => `${name.value}: ${this.#valueSource(value)}`).join(', ')})`
      : '';
  }

  #valueSource(value: ValueNode): string {
    switch (value.kind) {
      case Kind.VARIABLE:
        return `$${this.#canonicalVariable(value.name.value)}`;
      case Kind.LIST:
        return `[${value.values.map((entry) => this.#valueSource(entry)).join(', ')}]`;
      case Kind.OBJECT:
        return `{${value.fields.map((field) => `${field.name.value}: ${this.#valueSource(field.value)}`).join(', ')}}`;
      case Kind.STRING:
        // Not as a block string: line breaks separate the parts of an identity.
        return JSON.stringify(value.value);
      default:
        return print(value);
    }
  }

  #canonicalVariable(name: string): string {
    let canonical = this.#canonical.get(name);
    if (canonical === undefined) {
      canonical = `v${this.#canonical.size}`;
      this.#canonical.set(name, canonical);
      if (this.#declared.has(name)) this.variables.set(canonical, name);
    }
    return canonical;
  }
}
