import { describe, expect, it } from 'vitest';
import { webHref } from './webHref.js';

describe('webHref', () => {
  it.each([
    'https://example.invalid/page?a=1#b',
    'http://example.invalid',
    'HTTPS://example.invalid/',
    'https://example.invalid/@name',
    'https://пример.invalid/страница',
    'https://[::1]:8080/',
  ])('returns %s', (url) => {
    expect(webHref(url)).toBe(url);
  });

  it.each([
    ...[
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      ' javascript:alert(1)',
      'javascript://example.invalid/%0Aalert(1)',
    ],
    ...[
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://example.invalid/x',
      'mailto:a@example.invalid',
    ],
    ...[
      '/page',
      'page',
      '#/said',
      '//example.invalid/',
      '?x',
      'https:example.invalid',
      'https:/example.invalid',
      'https://',
      'https:///page',
      'https://a b.invalid',
      'https://example.invalid:99999/',
    ],
    ...[
      'https://user:password@example.invalid/',
      'https://user@example.invalid',
      'https://@example.invalid',
      'https://example.invalid\\@other.invalid/',
    ],
    ...['https://example.invalid/\u202Egpj', 'https://example.invalid/\u200B', 'https://example.invalid/\t'],
  ])('returns null for %j', (url) => {
    expect(webHref(url)).toBeNull();
  });

  it.each([null, undefined, ''])('returns null if there is no URL: %j', (url) => {
    expect(webHref(url)).toBeNull();
  });
});
