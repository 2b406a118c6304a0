import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigFile } from './configFile.js';
import { listenSettings } from './processSettings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const file = join(folder, 'dossier.yaml');
  writeFileSync(file, text);
  const { given, problems } = readConfigFile(file, listenSettings(4000), {});
  return { given, problems: problems.map((problem) => problem.replace(`${file}:`, '')) };
}

describe('a configuration file', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('rejects the unknown setting %s', (name) => {
    expect(read(`PORT: 1\n${name}: 4000\n`).problems).toEqual([
      `2: "${name}" is not a setting of this program; run it with --help for a list.`,
    ]);
  });

  it('reports aliases as such', () => {
    expect(read('PORT: &port 4000\nPROBE_PORT: *port\n').problems).toEqual([
      '2: PROBE_PORT: aliases (*port) are not supported; repeat the value.',
    ]);
  });

  it('reports a name that is not a text', () => {
    expect(read('PORT: 1\n? [HOST]\n: a\n').problems).toEqual(['2: expected the name of a setting.']);
  });

  it('reports a second document', () => {
    expect(read('PORT: 4000\n---\nPORT: 4001\n').problems).toEqual([
      '2: a second YAML document starts here; expected one document.',
    ]);
  });
});
