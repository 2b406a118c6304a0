import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationId, parseCitationId } from './citation.js';
import { actorTypeOfId, typeOfId } from './ids.js';

describe('an id', () => {
  it('names its type', () => {
    expect(typeOfId('person:kim-jong-un')).toBe('Person');
    expect(typeOfId('statement:memri-sd-10149/S01')).toBe('Statement');
    expect(actorTypeOfId('outlet:kcna')).toBe('MediaOutlet');
  });

  it.each(['', 'person', 'ship:anna', ':x', 'Person:x', '__proto__:x', 'constructor:x'])(
    'returns null without a type prefix: %j',
    (id) => {
      expect(typeOfId(id)).toBeNull();
      expect(actorTypeOfId(id)).toBeNull();
    },
  );

  it('that is not of an actor has no actor type', () => {
    expect(actorTypeOfId('place:donbass')).toBeNull();
  });
});

describe('the id of a passage', () => {
  it('parses to the passage that it was made from', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 10_000 }), (start, length) => {
        expect(parseCitationId(citationId('document:d-1', start, start + length))).toEqual({
          document: 'document:d-1',
          start,
          end: start + length,
        });
      }),
    );
  });

  it.each([
    'citation:d#char=5,5',
    'citation:d#char=6,5',
    'citation:d#char=05,7',
    'citation:d#char=1',
    'citation:#char=1,2',
    'citation:d#char=-1,2',
    'citation:d#char=1,99999999999999999999',
    'd#char=1,2',
  ])('selects nothing: %s', (id) => {
    expect(parseCitationId(id)).toBeNull();
  });
});
