import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectiveConfig, readConfig, readConfigFile, type Setting } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTempFolder, removeFolder, run } from '../support/processes.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => {
  folder = createTempFolder();
});
afterAll(() => removeFolder(folder));

function aFile(text: string): string {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, text);
  return file;
}

describe.each([
  ['a service', 'services/actors/dist/main.js'],
  ['the gateway', 'gateway/dist/main.js'],
  ['the whole graph', 'gateway/dist/embeddedMain.js'],
])('%s', (_form, script) => {
  it('reads settings from a file, lets the environment override them, and prints the effective values', async () => {
    const file = aFile(`LOG_LEVEL: \${env.WANTED}\nHOST: 0.0.0.0\nPORT: 4321\nRELOAD_MS:\n`);

    const printed = await Promise.all([
      run(script, ['--config', file, '--print-config'], { WANTED: 'warn', PORT: '' }),
      run(script, ['--print-config'], { CONFIG_FILE: file, WANTED: 'warn', HOST: '127.0.0.2' }),
    ]);

    for (const { status, stderr } of printed) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(printed[0].stdout).toContain(`PORT: 4321 # ${file}:3\nHOST: 0.0.0.0 # ${file}:2\n`);
    expect(printed[1].stdout).toContain('HOST: 127.0.0.2 # environment\n');
    expect(printed[1].stdout).toMatch(/^RELOAD_MS: 50 # environment$/m);
    expect(printed[1].stdout).toMatch(/^PROBE_PORT: null # not set$/m);
  });

  it('reports every invalid setting at once, with its line in the file, and does not listen', async () => {
    const file = aFile(`PROT: 4000\nHOST: "a b"\nLOG_LEVEL: { a: 1 }\nRELOAD_MS: \${env.NOWHERE}\n`);

    const { status, stdout, stderr } = await run(script, ['--config', file], { PORT: '70000', RELOAD_MS: '' });

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      `${file}:1: "PROT" is not a setting of this program; run it with --help for a list.`,
      `${file}:3: LOG_LEVEL: expected a value or a list of values.`,
      `${file}:4: RELOAD_MS: the environment variable NOWHERE is not set.`,
      expect.stringContaining('PORT="70000": expected a port'),
      `${file}:2: HOST="a b": expected a host name or IP address, e.g. 127.0.0.1.`,
      ...(stderr.includes('RELOAD_MS=""') ? [expect.any(String)] : []),
    ]);
  });

  it('rejects a missing file and unknown arguments', async () => {
    const [missing, unknown, help] = await Promise.all([
      run(script, [], { CONFIG_FILE: join(folder, 'none.yaml') }),
      run(script, ['--prot'], {}),
      run(script, ['--help'], {}),
    ]);

    expect([missing.status, missing.stderr]).toEqual([
      2,
      expect.stringContaining('none.yaml": expected a readable file'),
    ]);
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining("unknown option '--prot'")]);
    expect([help.status, help.stdout]).toEqual([0, expect.stringContaining('GRACE_MS')]);
  });
});

describe('a program', () => {
  it.each([
    ['that is not YAML', 'PORT: [1', /config\.yaml:1: /],
    ['with a name that stands twice', 'PORT: 1\nPORT: 2\n', /config\.yaml:2: .*unique/],
    ['that is a list', '- 1\n', /config\.yaml:1: expected a map of settings/],
  ])('rejects a file %s', async (_what, text, message) => {
    const { status, stderr } = await run('services/actors/dist/main.js', [], { CONFIG_FILE: aFile(text) });

    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('a secret', () => {
  const settings = {
    KEY: {
      description: 'A key.',
      default: null,
      secret: true,
      read: (text: string): string => {
        if (text.length < 16) throw new Error(`"${text}" is short; expected 16 characters.`);
        return text;
      },
    } satisfies Setting<string>,
    URL_OF: { description: 'An address.', default: null, read: (text: string) => text } satisfies Setting<string>,
  };

  it('never appears in the printed settings or in an error about it', () => {
    const env = { KEY: 'hunter2', URL_OF: 'http://user:hunter2@localhost/' };
    const file = readConfigFile(aFile('KEY: hunter3\n'), settings, {});

    expect(effectiveConfig(settings, env)).toBe(
      'KEY: "***" # environment\nURL_OF: http://***@localhost/ # environment\n',
    );
    expect(() => readConfig(settings, env)).toThrow('KEY="***": "***" is short; expected 16 characters.');
    expect(() => readConfig(settings, {}, file)).toThrow(/config\.yaml:1: KEY="\*\*\*": "\*\*\*" is short/);
  });
});
