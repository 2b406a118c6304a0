import { type ASTNode, BREAK, type DocumentNode, Kind, visit } from 'graphql';

/** The argument of a value with the input fields on the path to it, e.g. `filter.from`; undefined if the node is not a value. */
export function argumentPath(node: ASTNode | undefined, document: DocumentNode): string | undefined {
  if (!node) return undefined;
  let found: string | undefined;
  visit(document, {
    enter: (visited, _key, parent, _path, ancestors) => {
      if (visited !== node) return undefined;
      const names = [...ancestors, parent, visited].flatMap((ancestor) => {
        if (!ancestor || Array.isArray(ancestor)) return [];
        const { kind } = ancestor as ASTNode;
        return kind === Kind.ARGUMENT || kind === Kind.OBJECT_FIELD
          ? [(ancestor as { name: { value: string } }).name.value]
          : [];
      });
      if (names.length > 0 && isValue(visited)) found = names.join('.');
      return BREAK;
    },
  });
  return found;
}

const isValue = ({ kind }: ASTNode): boolean => /Value$|^Variable$|^ObjectField$/.test(kind);
