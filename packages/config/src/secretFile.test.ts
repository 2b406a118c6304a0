import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { effectiveConfig } from './effectiveConfig.js';
import { listenSettings } from './processSettings.js';
import { acceptedSecrets, serviceSettings } from './serviceSettings.js';
import type { Setting } from './setting.js';
import { databaseOptions, storeSettings } from './storeSettings.js';

const SECRET = 'correct-horse-battery';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function aFile(text: string): string {
  const file = join(folder, 'secret');
  writeFileSync(file, text);
  return file;
}

const settings = { ...listenSettings(4001), ...storeSettings, ...serviceSettings };
const read = (env: Record<string, string>) => readConfig(settings, env);

describe('the file of a secret', () => {
  it('has a setting for every secret', () => {
    const secrets = Object.entries<Setting<unknown>>(settings).flatMap(([name, { secret }]) => (secret ? [name] : []));

    expect(secrets).toEqual([
      'OTEL_EXPORTER_OTLP_HEADERS',
      'STORE_URL',
      'STORE_READ_URLS',
      'SUBGRAPH_SECRET',
      'SUBGRAPH_SECRET_PREVIOUS',
    ]);
    for (const name of secrets) expect(settings).toHaveProperty(`${name}_FILE`);
  });

  it.each(['', '\n', '\r\n'])('is read without a line break at its end (%j)', (end) => {
    expect(read({ SUBGRAPH_SECRET_FILE: aFile(SECRET + end) }).SUBGRAPH_SECRET).toBe(SECRET);
  });

  it('is rejected if the secret is set as well', () => {
    expect(() => read({ SUBGRAPH_SECRET: SECRET, SUBGRAPH_SECRET_FILE: aFile(SECRET) })).toThrow(
      /^SUBGRAPH_SECRET_FILE=".*": expected either this setting or SUBGRAPH_SECRET, not both\.$/,
    );
  });

  it('is rejected if it is missing, empty or not a secret, without printing its content', () => {
    expect(() => read({ SUBGRAPH_SECRET_FILE: join(folder, 'none') })).toThrow(
      /none": expected a readable file \(ENOENT\)/,
    );
    expect(() => read({ SUBGRAPH_SECRET_FILE: aFile('\n') })).toThrow('the file is empty; expected a secret.');
    expect(() => read({ SUBGRAPH_SECRET_FILE: aFile('hunter2') })).toThrow(
      /^(?!.*hunter2).*the content of the file: expected 16 to 256/,
    );
  });

  it('is printed as its path', () => {
    const file = aFile(SECRET);

    expect(effectiveConfig(serviceSettings, { SUBGRAPH_SECRET_FILE: file })).toContain(
      `SUBGRAPH_SECRET: null # not set\nSUBGRAPH_SECRET_FILE: ${file} # environment\n`,
    );
  });
});

describe('the URL of a database', () => {
  const URL = 'postgres://reader:hunter2@db.invalid/dossier';

  it('is read, from a file too, and never printed', () => {
    expect(read({ STORE_URL: URL }).STORE_URL).toBe(URL);
    expect(read({ STORE_URL_FILE: aFile(URL) }).STORE_URL).toBe(URL);
    expect(effectiveConfig(storeSettings, { STORE_URL: URL })).not.toContain('hunter2');
  });

  it.each(['mysql://reader:hunter2@db.invalid/dossier', 'postgres://reader:hunter2@db.invalid', 'hunter2'])(
    'is rejected without printing it: %s',
    (url) => {
      expect(() => read({ STORE_URL: url })).toThrow('expected a PostgreSQL URL with a database');
      expect(() => read({ STORE_URL: url })).not.toThrow('hunter2');
    },
  );

  it('of standbys is a list, each of which is checked and never printed', () => {
    const standby = 'postgres://reader:hunter2@standby.invalid/dossier';

    expect(read({ STORE_READ_URLS: `${URL}, ${standby}` }).STORE_READ_URLS).toEqual([URL, standby]);
    expect(read({ STORE_READ_URLS_FILE: aFile(`${URL}\n${standby}\n`) }).STORE_READ_URLS).toEqual([URL, standby]);
    expect(effectiveConfig(storeSettings, { STORE_READ_URLS: URL })).not.toContain('hunter2');
    for (const urls of [`${URL},hunter2`, ' , ']) {
      expect(() => read({ STORE_READ_URLS: urls })).toThrow(/^STORE_READ_URLS="\*\*\*": expected a/);
    }
  });

  it('of standbys needs that of the primary', () => {
    expect(databaseOptions(read({}))).toBeNull();
    expect(databaseOptions(read({ STORE_URL: URL }))).toMatchObject({ url: URL, readUrls: [] });
    expect(() => databaseOptions(read({ STORE_READ_URLS: URL }))).toThrow('expected STORE_URL to be set as well');
  });
});

describe('a service whose secret is replaced', () => {
  it('accepts the new secret and the previous one', () => {
    const config = read({ SUBGRAPH_SECRET: SECRET, SUBGRAPH_SECRET_PREVIOUS: 'staple-correct-horse' });

    expect(acceptedSecrets(config)).toEqual([SECRET, 'staple-correct-horse']);
  });

  it('needs the new secret, since it would accept every request without it', () => {
    const config = read({ SUBGRAPH_SECRET_PREVIOUS: SECRET });

    expect(() => acceptedSecrets(config)).toThrow(
      'SUBGRAPH_SECRET_PREVIOUS="***": expected SUBGRAPH_SECRET to be set as well.',
    );
  });
});

describe('the headers for the collector', () => {
  const headersOf = (OTEL_EXPORTER_OTLP_HEADERS: string) =>
    read({ OTEL_EXPORTER_OTLP_HEADERS }).OTEL_EXPORTER_OTLP_HEADERS;

  it('are names and URL-encoded values', () => {
    expect(headersOf('authorization=Bearer%20hunter2, x-tenant=a')).toEqual({
      authorization: 'Bearer hunter2',
      'x-tenant': 'a',
    });
  });

  it.each(['hunter2', '=hunter2', 'a b=hunter2', 'a=hunter2%', 'a=hunter2,'])(
    'are rejected as %j, which is not printed',
    (text) => {
      expect(() => headersOf(text)).toThrow(/^OTEL_EXPORTER_OTLP_HEADERS="\*\*\*": expected headers, e\.g\./);
    },
  );
});
