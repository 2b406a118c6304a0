import { describe, expect, it, vi } from 'vitest';
import { actorResolvers, referenceResolver, sourcedResolvers, stub, stubs, typeById } from './entities.js';

describe('a reference resolver', () => {
  const find = vi.fn((id: string) => ({ id, found: true }));

  it('finds the entity of an id', () => {
    expect(referenceResolver(find)({ __typename: 'Place', id: 'place:donbass' }, {})).toEqual({
      id: 'place:donbass',
      found: true,
    });
    expect(referenceResolver(find)({ __typename: 'Actor', id: 'outlet:kcna' }, {})).toEqual({
      id: 'outlet:kcna',
      found: true,
    });
  });

  it.each([
    ['of another type', 'Place', 'person:x'],
    ['of no type', 'Place', 'nowhere'],
    ['of no actor', 'Actor', 'place:donbass'],
    ['that is empty', 'Place', ''],
    ['that is a number', 'Place', 7],
    ['that is missing', 'Place', undefined],
    ['of a type that calls itself by an interface', 'Node', 'place:donbass'],
  ])('by an id %s is the reference of nothing, and nothing is read', (_, __typename, id) => {
    find.mockClear();
    expect(referenceResolver(find)({ __typename, id }, {})).toBeNull();
    expect(find).not.toHaveBeenCalled();
  });
});

describe('the resolvers of actors', () => {
  it('are the same for all five types, except for the fields of single types', () => {
    const resolvers = actorResolvers((id) => ({ id }), { names: () => [] }, { Polity: { capital: () => null } });
    expect(Object.keys(resolvers)).toEqual(['Actor', 'Person', 'Polity', 'Organization', 'MediaOutlet', 'Group']);
    expect(Object.keys(resolvers['Person'])).toEqual(['names', '__resolveReference']);
    expect(Object.keys(resolvers['Polity'])).toEqual(['names', 'capital', '__resolveReference']);
    expect(resolvers['Actor'].__resolveType({ id: 'group:x' })).toBe('Group');
  });
});

describe('a stub of an entity of another subgraph', () => {
  it('has only an id', () => {
    expect(stub('place:x')).toEqual({ id: 'place:x' });
    expect(stub(null)).toBeNull();
    expect(stubs(['place:x', 'place:y'])).toEqual([{ id: 'place:x' }, { id: 'place:y' }]);
    expect(sourcedResolvers.citations({ citations: ['citation:d#char=1,2'] })).toEqual([{ id: 'citation:d#char=1,2' }]);
    expect(typeById.__resolveType({ id: 'event:x' })).toBe('Event');
  });
});
