import { describe, expect, it } from 'vitest';
import { languageTagProblem } from './languageTag.js';

describe('a language tag', () => {
  it.each(['fa', 'ko', 'zh-Hant', 'sr-Latn-RS', 'es-419', 'ale', 'de-1901', 'iw'])('may be %s', (tag) => {
    expect(languageTagProblem(tag)).toBeNull();
  });

  it.each(['Farsi', 'farsi', 'Persian', 'qq', 'fa_IR', 'zh-Hxyz', 'ru-', '', 'constructor', 'x-duke', 'toString'])(
    'may not be %j, whose subtags are not registered',
    (tag) => {
      expect(languageTagProblem(tag)).toMatch(/^expected a language tag/);
    },
  );

  it.each([
    ['RU', 'ru'],
    ['zh-hant', 'zh-Hant'],
  ])('%s is expected in its usual letter case', (tag, expected) => {
    expect(languageTagProblem(tag)).toBe(`expected ${expected}`);
  });
});
