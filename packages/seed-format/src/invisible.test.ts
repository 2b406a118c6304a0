import { describe, expect, it } from 'vitest';
import { invisibleProblem } from './invisible.js';

describe('a name', () => {
  it.each([
    ['a zero-width space', 'Count\u200bRupert', 'U+200B as character 6'],
    ['a zero-width joiner in Latin script', 'Count Ru\u200dpert', 'U+200D as character 9'],
    ['a zero-width non-joiner at its end', 'علی\u200c', 'U+200C as character 4'],
    ['a mark of direction', '\u200eRupert', 'U+200E as character 1'],
    ['an override of direction', 'Ru\u202etrep', 'U+202E as character 3'],
    ['an isolate', '\u2067روپرت\u2069', 'U+2067 as character 1'],
    ['a soft hyphen', 'Ru\u00adpert', 'U+00AD as character 3'],
    ['a byte order mark', '\ufeffRupert', 'U+FEFF as character 1'],
    ['a filler of Hangul', '루\u3164퍼트', 'U+3164 as character 2'],
    ['a tag', '🌉\u{e0041}', 'U+E0041 as character 2'],
    ['a control character', 'Ru\u0007pert', 'U+0007 as character 3'],
  ])('is rejected with %s', (_, name, found) => {
    expect(invisibleProblem(name)).toBe(`expected no invisible characters, but it has ${found}`);
  });

  it.each(['Count Rupert', 'علی\u200cرضا', 'क्\u200dष', '葛\u{e0100}城', 'Пётр', 'é'.normalize('NFD')])(
    'may be %s',
    (name) => {
      expect(invisibleProblem(name)).toBeNull();
    },
  );
});
