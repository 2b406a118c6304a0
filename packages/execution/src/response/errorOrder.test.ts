import { fragmentsOf } from '@dossier/graphql';
import { type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { inOrderOfFields } from './errorOrder.js';

const document = parse(`
  query { ...Lists first: a { name } }
  fragment Lists on Query { z: list { ... on B { late } early ...Early } a { id name } }
  fragment Early on A { early other }
`);

it('orders errors by the fields that are selected, elements of lists and messages, whatever order they arrived in', () => {
  const ordered: { message: string; path?: (string | number)[] }[] = [
    { message: 'of the request' },
    { message: 'of the list', path: ['z'] },
    { message: 'x', path: ['z', 0] },
    { message: 'x', path: ['z', 2, 'late'] },
    { message: 'x', path: ['z', 2, 'early'] },
    { message: 'one', path: ['z', 2, 'other'] },
    { message: 'two', path: ['z', 2, 'other'] },
    { message: 'x', path: ['z', 10, 'late'] },
    { message: 'x', path: ['a', 'id'] },
    { message: 'x', path: ['a', 'name'] },
    { message: 'x', path: ['first', 'name'] },
    { message: 'x', path: ['unknown', 'name'] },
  ];
  const operation = (document.definitions[0] as OperationDefinitionNode).selectionSet;
  const order = (errors: typeof ordered) => inOrderOfFields(errors, operation, fragmentsOf(document));

  expect(order(ordered.toReversed())).toEqual(ordered);
  expect(order(ordered.toSorted((a, b) => (a.message < b.message ? 1 : -1)))).toEqual(ordered);
});
