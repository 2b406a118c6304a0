import { type DocumentNode, Kind, type SelectionNode, visit } from 'graphql';

const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

/**
 * The document as it is planned. The planner drops a field of which `@skip(if: true)` or `@include(if: false)` leaves no
 * selection, and with it whether there is such an object: there, the type's name is asked for.
 */
export const withoutEmptySelections = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: {
      leave: (set) => (set.selections.every(isNever) ? { ...set, selections: [TYPENAME] } : undefined),
    },
  });

const isNever = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(
    ({ name, arguments: [condition] = [] }) => condition?.value.kind === Kind.BOOLEAN && condition.value.value === (name.value === 'skip') && (name.value === 'skip' || name.value === 'include'),
  );
