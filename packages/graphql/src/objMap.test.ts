import { describe, expect, it } from 'vitest';
import { getOwn, setOwn } from './objMap.js';

const INHERITED = ['constructor', 'toString', 'hasOwnProperty', '__proto__', '__defineGetter__'];

describe('an object whose keys a client chose', () => {
  it.each(INHERITED)('has no value under %s unless one was set', (name) => {
    const object: Record<string, unknown> = {};

    expect([getOwn(object, name), getOwn([] as never, name)]).toEqual([undefined, undefined]);
    setOwn(object, name, 'set');
    expect([getOwn(object, name), Object.keys(object)]).toEqual(['set', [name]]);
  });

  it('does not return methods of arrays', () => {
    expect(getOwn(['a'] as never, 'map')).toBeUndefined();
  });
});
