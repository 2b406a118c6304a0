import { describe, expect, it } from 'vitest';
import { ConfigError, dataSettings, describeSettings, listenSettings, readConfig } from './config.js';
import { formatError } from './errors.js';
import { createLoaders } from './loaders.js';

const settings = { ...listenSettings(4001), ...dataSettings };

describe('settings', () => {
  it('have their defaults, also where a variable is empty', () => {
    expect(readConfig(settings, { PORT: '', HOST: '0.0.0.0' })).toMatchObject({ PORT: 4001, HOST: '0.0.0.0', DOCUMENTS_DIR: null });
  });

  it('that are wrong are all told at once, with what was expected', () => {
    expect(() => readConfig(settings, { PORT: '70000', HOST: 'a b' })).toThrow(
      new ConfigError(['PORT="70000": expected a port, 0 to 65535 (0 takes any free one).', 'HOST="a b": expected a host name or an address, e.g. 127.0.0.1.']),
    );
    for (const PORT of ['-1', '1.5', 'http', '0x10', ' 80']) expect(() => readConfig(settings, { PORT })).toThrow(ConfigError);
  });

  it('are listed with their defaults', () => {
    const help = describeSettings('A program.', settings);
    for (const name of Object.keys(settings)) expect(help).toContain(name);
    expect(help).toContain('Default: 4001.');
  });
});

describe('an error for clients', () => {
  it('says nothing of what went wrong inside', () => {
    const told = JSON.stringify(
      formatError({ message: 'SQLITE_ERROR: no such column in /data/x.sqlite', path: ['a'], extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x.js:1'] } }, new Error('SQLITE_ERROR')),
    );
    expect(told).not.toMatch(/SQLITE|sqlite|x\.js/);
    expect(told).toContain('INTERNAL_SERVER_ERROR');
  });

  it('says what was wrong with the input', () => {
    expect(formatError({ message: '"first" is 101.', extensions: { code: 'BAD_USER_INPUT', argumentName: 'first' } }, new Error('x'))).toMatchObject({
      message: '"first" is 101.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('loaders', () => {
  it('of one name batch what is asked for in one turn, and remember it', async () => {
    const batches: (readonly string[])[] = [];
    const loaders = createLoaders();
    const load = (key: string) =>
      loaders('length', (keys) => {
        batches.push(keys);
        return keys.map(({ length }) => length);
      }).load(key);
    expect(await Promise.all([load('a'), load('bcd'), load('a')])).toEqual([1, 3, 1]);
    expect(await load('bcd')).toBe(3);
    expect(batches).toEqual([['a', 'bcd']]);
  });
});
