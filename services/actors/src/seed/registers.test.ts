import { describe, expect, it } from 'vitest';
import { registerUrl } from './registers.js';

describe('registerUrl', () => {
  it('returns the page of the entry', () => {
    expect(registerUrl({ scheme: 'wikidata', value: 'Q99999999' })).toBe('https://www.wikidata.org/wiki/Q99999999');
  });

  it.each(['isbn', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'])(
    'returns null for a scheme that is not a register: %s',
    (scheme) => {
      expect(registerUrl({ scheme, value: 'javascript:alert(1)' })).toBeNull();
    },
  );

  it.each(['Q', 'Q1/../../x', 'Q1?x', 'Q1\u001b', '\nQ1', 'Q1\n', 'javascript:alert(1)', ''])(
    'returns null for %j, which is not an id of the register',
    (value) => {
      expect(registerUrl({ scheme: 'wikidata', value })).toBeNull();
    },
  );
});
