import { type ConstValueNode, type DefinitionNode, Kind } from 'graphql';

/**
 * The names under which a schema imports directives of a specification with `@link`; empty sets if it does not link the
 * specification. `specification` matches its URL and captures its name in the first group.
 * Link specification: https://specs.apollo.dev/link/v1.0/
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
      const specName = specification.exec(stringOf(read('url')) ?? '')?.[1];
      if (!specName) continue;
      const imports = read('import');
      const imported = new Map((imports?.kind === Kind.LIST ? imports.values : []).map(importOf));
      const prefix = stringOf(read('as')) ?? specName;
      for (const name of directives)
        names[name].add(imported.get(`@${name}`)?.slice(1) ?? (name === specName ? prefix : `${prefix}__${name}`));
    }
  }
  return names;
}

/** An entry of `import`: `"@cost"`, or `{ name: "@cost", as: "@price" }`. */
function importOf(value: ConstValueNode): [name: string, as: string] {
  if (value.kind !== Kind.OBJECT) return [stringOf(value) ?? '', stringOf(value) ?? ''];
  const read = (name: string): string | null =>
    stringOf(value.fields.find((field) => field.name.value === name)?.value);
  const name = read('name') ?? '';
  return [name, read('as') ?? name];
}

/** The value of a string literal; null for any other value. */
export const stringOf = (value: ConstValueNode | undefined): string | null =>
  value?.kind === Kind.STRING ? value.value : null;
