import { ConfigError, readConfig } from '@dossier/config';
import { describe, expect, it } from 'vitest';
import { settings } from './config.js';

describe('CORS_ORIGINS', () => {
  const originsOf = (CORS_ORIGINS: string): string[] =>
    readConfig({ CORS_ORIGINS: settings.CORS_ORIGINS }, { CORS_ORIGINS }).CORS_ORIGINS;

  it('allows no origin if it is "none"', () => {
    expect(originsOf('none')).toEqual([]);
  });

  it('allows the origins that it lists, and those of Apollo Sandbox under one name', () => {
    expect(originsOf('https://one.invalid, http://two.invalid:8080')).toEqual([
      'https://one.invalid',
      'http://two.invalid:8080',
    ]);
    expect(originsOf('sandbox,https://one.invalid')).toEqual(
      expect.arrayContaining(['https://studio.apollographql.com', 'https://one.invalid']),
    );
  });

  it.each(['none,https://one.invalid', '*', 'https://one.invalid/', 'one.invalid'])(
    'rejects "%s" and names what was expected',
    (text) => {
      expect(() => originsOf(text)).toThrow(ConfigError);
      expect(() => originsOf(text)).toThrow(
        /is not an origin; expected e.g. https:\/\/example.org, several separated by commas, sandbox, or none alone/,
      );
    },
  );
});

describe('PROPAGATE_HEADERS', () => {
  const read = (PROPAGATE_HEADERS?: string) =>
    readConfig({ PROPAGATE_HEADERS: settings.PROPAGATE_HEADERS }, { PROPAGATE_HEADERS }).PROPAGATE_HEADERS;

  it('forwards no headers by default or if it is "none"', () => {
    expect(read()).toEqual([]);
    expect(read('none')).toEqual([]);
  });

  it('lists headers, in any case, and the subgraphs that get each', () => {
    expect(read('Authorization=actors|trade, x-tenant = *')).toEqual([
      { name: 'authorization', subgraphs: ['actors', 'trade'] },
      { name: 'x-tenant', subgraphs: '*' },
    ]);
  });

  it.each([
    ['authorization', /"authorization" is not a header and its subgraphs; expected e.g. authorization=actors\|trade/],
    ['authorization=', /is not a header and its subgraphs/],
    ['a b=*', /is not a header and its subgraphs/],
    ['none, x-tenant=*', /"none" is not a header and its subgraphs/],
    ['x-tenant=*,', /"" is not a header and its subgraphs/],
    ['Host=*', /host is set by the gateway and cannot be forwarded/],
    ['x-dossier-secret=*', /x-dossier-secret is set by the gateway/],
    ['x-a=actors, X-A=trade', /x-a is listed twice/],
  ])('rejects "%s" and names what was expected', (text, message) => {
    expect(() => read(text)).toThrow(ConfigError);
    expect(() => read(text)).toThrow(message);
  });
});

describe('VALIDATED_SCALARS and CLIENT_ERROR_CODES', () => {
  const read = (env: Record<string, string>) =>
    readConfig({ VALIDATED_SCALARS: settings.VALIDATED_SCALARS, CLIENT_ERROR_CODES: settings.CLIENT_ERROR_CODES }, env);

  it('default to the scalars that the gateway knows and the codes that clients can act on', () => {
    const { VALIDATED_SCALARS, CLIENT_ERROR_CODES } = read({});

    expect(VALIDATED_SCALARS).toEqual(expect.arrayContaining(['Decimal', 'EDTF']));
    expect(CLIENT_ERROR_CODES).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']);
  });

  it('are the listed names, and none of them if set to none', () => {
    expect(read({ VALIDATED_SCALARS: 'none', CLIENT_ERROR_CODES: 'none' })).toEqual({
      VALIDATED_SCALARS: [],
      CLIENT_ERROR_CODES: [],
    });
    expect(read({ VALIDATED_SCALARS: 'Decimal, GeoPoint', CLIENT_ERROR_CODES: 'OUT_OF_STOCK' })).toEqual({
      VALIDATED_SCALARS: ['Decimal', 'GeoPoint'],
      CLIENT_ERROR_CODES: ['OUT_OF_STOCK'],
    });
  });

  it('reject names that are not a scalar or a code', () => {
    expect(() => read({ VALIDATED_SCALARS: '[Int]' })).toThrow(/"\[Int\]" is not the name of a scalar/);
    expect(() => read({ CLIENT_ERROR_CODES: 'not found' })).toThrow(/"not found" is not an error code/);
  });
});
