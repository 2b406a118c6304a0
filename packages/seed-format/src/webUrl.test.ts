import { describe, expect, it } from 'vitest';
import type { Yaml } from './testing/ruritania.js';
import { problemsAfter } from './testing/seedFolder.js';
import { webUrlProblem } from './webUrl.js';

const NOT_WEB =
  'not a web address; expected a URL that begins with http:// or https:// and a host, e.g. https://example.org/page';
const HIDDEN =
  'a URL with spaces, backslashes, control or invisible characters; expected none, or their percent-encoding';
const WITH_USER = 'a URL with a user or a password; expected a URL without them';

describe('a URL', () => {
  it.each([
    ...[
      'https://example.invalid',
      'http://example.invalid/page?a=1#b',
      'HTTPS://EXAMPLE.invalid/',
      'https://example.invalid:8080/',
      'https://[::1]/',
      'https://192.0.2.1/',
    ],
    ...[
      'https://пример.invalid/страница',
      'https://example.invalid/@name',
      'https://example.invalid/?to=a@b',
      'https://example.invalid/S/RES/1(1901)',
      'https://example.invalid/a%20b%0A',
    ],
  ])('is accepted: %s', (url) => {
    expect(webUrlProblem(url)).toBeNull();
  });

  it.each([
    [
      'of another scheme',
      NOT_WEB,
      [
        'javascript:alert(1)',
        'JavaScript:alert(1)',
        'data:text/html,x',
        'vbscript:x',
        'file:///etc/passwd',
        'ftp://example.invalid',
        'blob:https://example.invalid/x',
        'mailto:a@b.invalid',
      ],
    ],
    ['without a scheme', NOT_WEB, ['', '/page', 'page.html', '//example.invalid/', '#a', '?a', 'example.invalid']],
    [
      'without a host',
      NOT_WEB,
      [
        'https://',
        'https:///page',
        'https://?a',
        'https:example.invalid',
        'https:/example.invalid',
        'https://example.invalid:99999/',
        'https://%00/',
      ],
    ],
    [
      'with a user or a password',
      WITH_USER,
      [
        'https://user:pw@example.invalid/',
        'https://user@example.invalid',
        'https://@example.invalid',
        'https://:@example.invalid/',
        'https://known.invalid@other.invalid/',
      ],
    ],
    [
      'with something hidden in it',
      HIDDEN,
      [
        'java\nscript:alert(1)',
        '\u0001javascript:x',
        'https://example.invalid/a b',
        'https://exa\tmple.invalid',
        'https://example.invalid/\u202egpj.exe',
        'https://a\\@b.invalid',
        'https://a\u00ad.invalid',
      ],
    ],
  ])('is rejected %s', (_, problem, urls) => {
    expect(urls.map((url) => [url, webUrlProblem(url)])).toEqual(urls.map((url) => [url, problem]));
  });

  const bad = { title: 'A page', url: 'javascript:alert(1)' };
  it.each<[file: string, path: string, value: Yaml, at: string]>([
    ['register/actors', 'actors[0].references', [bad], 'actors[0].references[0].url'],
    [
      'ruritania-1/actors',
      'actors[3].affiliations[0].references',
      [bad],
      'actors[3].affiliations[0].references[0].url',
    ],
    [
      'ruritania-1/actors',
      'events[0].background',
      [{ fact: 'A fact.', references: [bad] }],
      'events[0].background[0].references[0].url',
    ],
    ['ruritania-1/statements', 'works[0].references', [bad], 'works[0].references[0].url'],
    ['ruritania-1/statements', 'tensions[0].references', [bad], 'tensions[0].references[0].url'],
    ['register/sanctions', 'provisions[0].references', [bad], 'provisions[0].references[0].url'],
    ['ruritania-1/trade', 'figures[0].references', [bad], 'figures[0].references[0].url'],
  ])('is checked in %s at %s', (file, path, value, at) => {
    expect(problemsAfter({ [file]: { [path]: value } })).toEqual([
      `${file}.yaml ${at}: "javascript:alert(1)": ${NOT_WEB}. | url: javascript:alert(1)`,
    ]);
  });
});

describe('an identifier', () => {
  const identified = (scheme: string, value: string): string[] =>
    problemsAfter({ 'ruritania-1/actors': { 'actors[0].identifiers': [{ scheme, value }] } });
  const AT = 'ruritania-1/actors.yaml actors[0].identifiers[0]';

  it.each([
    ['wikidata', 'Q99999999'],
    ['isbn', '978-0-000-00000-0'],
    ['viaf', 'viaf:1 (old)'],
  ])('is accepted: %s %s', (scheme, value) => {
    expect(identified(scheme, value)).toEqual([]);
  });

  it.each(['javascript:alert(1)', 'Q', 'Q1/../../x', 'Q1?x', 'Q1#x', 'Q1\u001b', '../Q1'])(
    'is rejected if it would become part of a URL and is not an id: %j',
    (value) => {
      expect(identified('wikidata', value)).toEqual([
        expect.stringContaining(`${AT}.value: ${JSON.stringify(value)}: expected an id of wikidata, e.g. Q159.`),
      ]);
    },
  );

  it('is rejected if its scheme is a property that every object inherits', () => {
    expect(identified('constructor', 'javascript:alert(1)')).toEqual([
      `${AT}.scheme: "constructor": expected the name of a register, e.g. wikidata. | - scheme: constructor`,
    ]);
  });
});
