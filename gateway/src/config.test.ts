import { ConfigError, readConfig } from '@dossier/subgraph';
import { describe, expect, it } from 'vitest';
import { settings } from './config.js';

describe('CORS_ORIGINS', () => {
  const originsOf = (CORS_ORIGINS: string): string[] => readConfig({ CORS_ORIGINS: settings.CORS_ORIGINS }, { CORS_ORIGINS }).CORS_ORIGINS;

  it('allows no origin if it is none', () => {
    expect(originsOf('none')).toEqual([]);
  });

  it('allows the origins that it lists, and those of Apollo Sandbox under one name', () => {
    expect(originsOf('https://one.invalid, http://two.invalid:8080')).toEqual(['https://one.invalid', 'http://two.invalid:8080']);
    expect(originsOf('sandbox,https://one.invalid')).toEqual(expect.arrayContaining(['https://studio.apollographql.com', 'https://one.invalid']));
  });

  it.each(['none,https://one.invalid', '*', 'https://one.invalid/', 'one.invalid'])('refuses "%s", and says what was expected', (text) => {
    expect(() => originsOf(text)).toThrow(ConfigError);
    expect(() => originsOf(text)).toThrow(/is not an origin; expected e.g. https:\/\/example.org, several separated by commas, sandbox, or none alone/);
  });
});
