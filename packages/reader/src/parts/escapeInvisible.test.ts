import { describe, expect, it } from 'vitest';
import { escapeInvisible, visibleJson } from './escapeInvisible.js';

describe('the text of a document', () => {
  it('shows invisible and reordering characters as escapes', () => {
    expect(escapeInvisible('a\u202Etxt.exe')).toBe('a⟨U+202E⟩txt.exe');
    expect(escapeInvisible('zero\u200Bwidth\uFEFF')).toBe('zero⟨U+200B⟩width⟨U+FEFF⟩');
    expect(escapeInvisible('bell\u0007')).toBe('bell⟨U+0007⟩');
  });

  it('is otherwise unchanged, in every script', () => {
    const text = 'Ким Чен Ын 김정은 “quoted” — a\nb\tc';
    expect(escapeInvisible(text)).toBe(text);
  });

  it('are escaped in JSON, whose value stays the same', () => {
    const value = { text: 'a\u202Eb\u200B\n"c"', list: ['\uFEFF'] };

    const json = visibleJson(value);

    expect(json).not.toMatch(/[\u202E\u200B\uFEFF]/);
    expect(JSON.parse(json)).toEqual(value);
  });
});
