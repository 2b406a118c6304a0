import { describe, expect, it } from 'vitest';
import { visible } from './visible.js';

describe('the text of a document', () => {
  it('shows invisible and reordering characters as escapes', () => {
    expect(visible('a\u202Etxt.exe')).toBe('a⟨U+202E⟩txt.exe');
    expect(visible('zero\u200Bwidth\uFEFF')).toBe('zero⟨U+200B⟩width⟨U+FEFF⟩');
    expect(visible('bell\u0007')).toBe('bell⟨U+0007⟩');
  });

  it('is otherwise unchanged, in every script', () => {
    const text = 'Ким Чен Ын 김정은 “quoted” — a\nb\tc';
    expect(visible(text)).toBe(text);
  });
});
