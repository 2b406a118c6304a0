import { describe, expect, it } from 'vitest';
import { selectionOf } from './examples.js';

const select = (search: Record<string, string>) =>
  selectionOf(new URL(`http://castles.invalid/?${new URLSearchParams(search)}`));

describe('the URL of the page', () => {
  it('selects an example by name, with variables', () => {
    expect(select({ operation: 'TradeSeries', variables: '{"reporter":"a&b"}' })).toMatchObject({
      name: 'TradeSeries',
      text: expect.stringContaining('query TradeSeries'),
      variables: '{"reporter":"a&b"}',
      problems: [],
    });
  });

  it('selects a document before an example', () => {
    expect(select({ operation: 'Regimes', query: '{ castle }' })).toEqual({
      name: null,
      text: '{ castle }',
      variables: '',
      problems: [],
    });
  });

  it('selects the default example without a name, and for an unknown one, which it reports', () => {
    const [unnamed, unknown] = [select({}), select({ operation: 'Nope', variables: '{"id":1}' })];

    expect(unnamed).toMatchObject({ name: 'ClaimsAndProvisions', problems: [] });
    expect(unknown).toEqual({
      ...unnamed,
      problems: ['There is no example operation "Nope"; this is ClaimsAndProvisions.'],
    });
  });

  it('fills in variables of the data that is served, unless it has variables itself', () => {
    const variablesOf = { Regimes: { id: 'regime:a' }, ClaimsAndProvisions: { actor: 'person:a' } };
    const variablesIn = (search: string) =>
      selectionOf(new URL(`http://castles.invalid/?${search}`), variablesOf).variables;

    expect(JSON.parse(variablesIn('operation=Regimes'))).toEqual({ id: 'regime:a' });
    expect(JSON.parse(variablesIn(''))).toEqual({ actor: 'person:a' });
    expect(variablesIn('operation=Regimes&variables={"id":1}')).toBe('{"id":1}');
    expect(variablesIn('query={castle}')).toBe('');
    expect(variablesIn('operation=Timeline')).toBe('');
  });

  it.each([
    ['{ castle(', '', 'is not GraphQL: Syntax Error: Expected Name, found <EOF>. (line 1, column 10)'],
    ['castle', '', 'is not GraphQL: Syntax Error: Unexpected Name "castle". (line 1, column 1)'],
    ['query A($id: ID) { castle(id: $id) }', '{"id":1,"of":2}', 'has no variable "of"'],
    ['{ castle }', '{"id":1}', 'has no variable "id"'],
  ])('reports a document that cannot be executed with its variables: %s %s', (query, variables, problem) => {
    expect(select({ query, variables })).toMatchObject({
      text: query,
      variables,
      problems: [expect.stringContaining(problem)],
    });
  });

  it('reports variables that an example does not have', () => {
    expect(select({ operation: 'Regimes', variables: '{"id":"a"}' }).problems).toEqual([
      'The document has no variable "id", which the URL has.',
    ]);
  });

  it.each(['{', '[]', '7', 'null', '"a"'])(
    'reports variables that are not a JSON object, and omits them: %s',
    (variables) => {
      expect(select({ query: '{ castle }', variables })).toMatchObject({
        text: '{ castle }',
        variables: '',
        problems: [expect.stringContaining('not a JSON object')],
      });
    },
  );
});
