import { describe, expect, it } from 'vitest';
import { supertypesOf } from './graphTypes.js';
import { nullData } from './nullResponse.js';

const supertypes = supertypesOf(
  'interface Named { name: String } type Person implements Named { name: String } type Castle { name: String } union Sight = Castle',
);

describe('the null fields of a failed fetch', () => {
  it('lists a root field by its response key, and nulls it', () => {
    const lost = nullData({ query: '{ first: castle(id: 1) { name } person { name } __typename }' }, supertypes);

    expect(lost).toEqual({ data: { first: null, person: null }, paths: [['first'], ['person']] });
  });

  it('lists the fields of the type of each representation, and those of its interfaces and unions', () => {
    const query =
      '{ _entities(representations: []) { __typename ... on Person { age } ... on Named { name } ... on Sight { visitors } ...Built } } fragment Built on Castle { built }';

    const lost = nullData(
      { query, variables: { representations: [{ __typename: 'Person' }, { __typename: 'Castle' }] } },
      supertypes,
    );

    expect(lost.data).toEqual({ _entities: [null, null] });
    expect(lost.paths).toEqual([
      ['_entities', 0, 'age'],
      ['_entities', 0, 'name'],
      ['_entities', 1, 'visitors'],
      ['_entities', 1, 'built'],
    ]);
  });

  it('lists a field once even if it is selected twice', () => {
    const query = '{ _entities(representations: []) { ... on Person { age } ... on Named { age } } }';

    const { paths } = nullData({ query, variables: { representations: [{ __typename: 'Person' }] } }, supertypes);

    expect(paths).toEqual([['_entities', 0, 'age']]);
  });

  it('omits skipped fields', () => {
    const query =
      'query ($short: Boolean!) { name @skip(if: $short) motto @include(if: $short) ... @skip(if: $short) { size } }';

    const { paths } = nullData({ query, variables: { short: true } }, supertypes);

    expect(paths).toEqual([['motto']]);
  });
});
