import { type ConstValueNode, type DefinitionNode, Kind } from 'graphql';

/**
 * The names that directives of a specification have in a schema, as its `@link`s say; none where it links none. The first
 * group of `specification`, which an address has to match, is the specification's own name.
 */
export function linkNames<Name extends string>(
  definitions: readonly DefinitionNode[],
  specification: RegExp,
  directives: readonly Name[],
): Record<Name, ReadonlySet<string>> {
  const names = Object.fromEntries(directives.map((name) => [name, new Set<string>()])) as Record<Name, Set<string>>;
  for (const definition of definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      const read = (name: string): ConstValueNode | undefined =>
        link.arguments?.find((arg) => arg.name.value === name)?.value;
      const linked = specification.exec(stringOf(read('url')) ?? '')?.[1];
      if (!linked) continue;
      const imports = read('import');
      const imported = new Map((imports?.kind === Kind.LIST ? imports.values : []).map(importOf));
      const prefix = stringOf(read('as')) ?? linked;
      for (const name of directives)
        names[name].add(imported.get(`@${name}`)?.slice(1) ?? (name === linked ? prefix : `${prefix}__${name}`));
    }
  }
  return names;
}

/** What is imported, and as what: `"@cost"`, or `{ name: "@cost", as: "@price" }`. */
function importOf(value: ConstValueNode): [name: string, as: string] {
  if (value.kind !== Kind.OBJECT) return [stringOf(value) ?? '', stringOf(value) ?? ''];
  const read = (name: string): string | null =>
    stringOf(value.fields.find((field) => field.name.value === name)?.value);
  const name = read('name') ?? '';
  return [name, read('as') ?? name];
}

export const stringOf = (value: ConstValueNode | undefined): string | null =>
  value?.kind === Kind.STRING ? value.value : null;
