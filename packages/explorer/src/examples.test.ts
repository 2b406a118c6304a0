import { describe, expect, it } from 'vitest';
import { selectionOf } from './examples.js';

const select = (search: Record<string, string>) =>
  selectionOf(new URL(`http://castles.invalid/?${new URLSearchParams(search)}`));

describe('the URL of the page', () => {
  it('selects an example by name, with variables', () => {
    expect(select({ operation: 'Regimes', variables: '{"id":"a&b"}' })).toMatchObject({
      name: 'Regimes',
      text: expect.stringContaining('query Regimes'),
      variables: '{"id":"a&b"}',
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
