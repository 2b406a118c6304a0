import { describe, expect, it } from 'vitest';
import { ConfigError, describeSettings, readConfig } from './config.js';
import { httpUrl } from './parsers.js';
import { listenSettings } from './processSettings.js';
import type { Setting } from './setting.js';
import { dataSettings } from './storeSettings.js';

const settings = { ...listenSettings(4001), ...dataSettings };

describe('settings', () => {
  it('have their defaults if a variable is absent or empty', () => {
    expect(readConfig(settings, { PORT: '', HOST: '0.0.0.0' })).toMatchObject({
      PORT: 4001,
      HOST: '0.0.0.0',
      DOCUMENTS_DIR: null,
    });
  });

  it('that are invalid are all reported at once, with what was expected', () => {
    expect(() => readConfig(settings, { PORT: '70000', HOST: 'a b' })).toThrow(
      new ConfigError([
        'PORT="70000": expected a port from 0 to 65535 (0: any free port).',
        'HOST="a b": expected a host name or IP address, e.g. 127.0.0.1.',
      ]),
    );
    for (const PORT of ['-1', '1.5', 'http', '0x10', ' 80'])
      expect(() => readConfig(settings, { PORT })).toThrow(ConfigError);
  });

  it('are described with their defaults', () => {
    const help = describeSettings(settings);
    for (const name of Object.keys(settings)) expect(help).toContain(name);
    expect(help).toContain('Default: 4001.');
  });

  it('without a default may be absent', () => {
    expect(readConfig({ DOCUMENTS_DIR: dataSettings.DOCUMENTS_DIR }, { DOCUMENTS_DIR: '' })).toEqual({
      DOCUMENTS_DIR: null,
    });
    expect(describeSettings({ DOCUMENTS_DIR: dataSettings.DOCUMENTS_DIR })).not.toContain('Default');
  });

  it('that are folders are relative to the root of the workspace', () => {
    const { DATA_DIR, SEEDS_DIR } = readConfig(dataSettings, { SEEDS_DIR: '/elsewhere/seeds' });
    expect(DATA_DIR).toMatch(/^\/.*\/data$/);
    expect(DATA_DIR).not.toContain('packages');
    expect(SEEDS_DIR).toBe('/elsewhere/seeds');
  });

  it('that are URLs have the scheme http or https', () => {
    const URL_OF: Setting<string> = { description: 'An address.', default: null, read: httpUrl };
    expect(readConfig({ URL_OF }, { URL_OF: 'https://example.org/graphql' })).toEqual({
      URL_OF: 'https://example.org/graphql',
    });
    for (const wrong of ['example.org', 'file:///etc/hosts', 'http://'])
      expect(() => readConfig({ URL_OF }, { URL_OF: wrong })).toThrow(/^URL_OF=".*": expected an http or https URL/);
  });

  it.each([
    'http://user:hunter2@castle.invalid/',
    'http://hunter2@castle.invalid/',
    'http://user:hunter2%2F@castle.invalid/',
    'http://user:hunter2/2@castle.invalid/',
    'http:\\\\user:hunter2@castle.invalid/',
  ])('that are URLs have no credentials, which are never printed (%s)', (text) => {
    const URL_OF: Setting<string> = { description: 'An address.', default: null, read: httpUrl };

    expect(() => readConfig({ URL_OF }, { URL_OF: text })).toThrow(
      /^URL_OF="http:.*\*\*\*@castle.invalid\/": expected/,
    );
    expect(() => readConfig({ URL_OF }, { URL_OF: text })).not.toThrow(/hunter2/);
  });
});
