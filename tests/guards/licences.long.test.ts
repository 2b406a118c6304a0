import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// npm takes long to read the whole tree on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const root = workspaceRoot();
const run = (tool: string, folder: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'tools', tool), ...args], { cwd: folder, encoding: 'utf8' });

it('every production dependency has an allowed licence, and is listed in docs/third-party.md', () => {
  const { status, stderr } = run('thirdParty.mjs', root, '--check');

  expect(stderr).toBe('');
  expect(status).toBe(0);
});

describe('the licence check of a made-up project', () => {
  /** One package per case: the licence that it states, and whether it is allowed. */
  const PACKAGES: [name: string, stated: object, problem: string | null][] = [
    ['plain', { license: 'MIT' }, null],
    ['choice', { license: '(MIT OR GPL-3.0-only)' }, null],
    ['old-form', { licenses: [{ type: 'GPL-2.0-only' }, { type: 'ISC' }] }, null],
    ['@apollo/query-planner', { license: 'Elastic-2.0' }, null],
    ['copyleft', { license: 'GPL-3.0-only' }, 'copyleft 1.0.0 is under GPL-3.0-only; expected one of 0BSD, '],
    ['both', { license: '(MIT AND GPL-3.0-only)' }, 'both 1.0.0 is under (MIT AND GPL-3.0-only); expected one of '],
    ['elastic', { license: 'Elastic-2.0' }, 'elastic 1.0.0 is under Elastic-2.0; expected one of '],
    [
      'unknown',
      { license: 'SEE LICENSE IN terms.txt' },
      'unknown 1.0.0: "SEE LICENSE IN terms.txt" is not an SPDX expression.',
    ],
    ['silent', {}, 'silent 1.0.0 states no licence.'],
  ];
  let folder: string;

  const write = (file: string, content: object | string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-licences-'));
    write('package.json', { name: 'made-up', version: '1.0.0', private: true, workspaces: ['gateway'] });
    write('gateway/package.json', {
      name: '@made-up/gateway',
      version: '1.0.0',
      dependencies: Object.fromEntries(PACKAGES.map(([name]) => [name, '1.0.0'])),
      devDependencies: { builder: '1.0.0' },
    });
    for (const [name, stated] of PACKAGES)
      write(`node_modules/${name}/package.json`, { name, version: '1.0.0', ...stated });
    write('node_modules/plain/package.json', {
      name: 'plain',
      version: '1.0.0',
      license: 'MIT',
      repository: { url: 'git+https://code.invalid/plain.git' },
      dependencies: { indirect: '2.0.0' },
    });
    write('node_modules/plain/LICENSE', 'Copyright of a plain person.');
    write('node_modules/indirect/package.json', {
      name: 'indirect',
      version: '2.0.0',
      license: 'ISC',
      repository: 'somebody/indirect',
    });
    write('node_modules/builder/package.json', { name: 'builder', version: '1.0.0', license: 'GPL-3.0-only' });
    mkdirSync(join(folder, 'node_modules/@made-up'));
    symlinkSync('../../gateway', join(folder, 'node_modules/@made-up/gateway'));
    mkdirSync(join(folder, 'docs'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reports each production dependency whose licence is not allowed', () => {
    const { status, stderr } = run('thirdParty.mjs', folder);

    const problems = PACKAGES.flatMap(([, , problem]) => (problem === null ? [] : [problem]));
    expect(stderr.trim().split('\n').sort()).toEqual(
      [...problems].sort().map((problem) => expect.stringContaining(problem)),
    );
    expect(status).toBe(1);
  });

  it('lists packages with version, licence and repository, those under the Elastic License separately', () => {
    run('thirdParty.mjs', folder);

    const [, elastic = '', others = ''] = readFileSync(join(folder, 'docs/third-party.md'), 'utf8').split('\n## ');
    expect(elastic).toContain('\n| @apollo/query-planner | 1.0.0 | Elastic-2.0 | none stated |');
    expect(others).toContain('\n| indirect | 2.0.0 | ISC | https://github.com/somebody/indirect |');
    expect(others).toContain('\n| plain | 1.0.0 | MIT | https://code.invalid/plain |');
    expect(elastic + others).not.toMatch(/builder|made-up/);
  });

  it('reports an outdated list when a version changes', () => {
    run('thirdParty.mjs', folder);
    write('node_modules/plain/package.json', {
      name: 'plain',
      version: '1.0.1',
      license: 'MIT',
      dependencies: { indirect: '2.0.0' },
    });
    write(
      'gateway/package.json',
      readFileSync(join(folder, 'gateway/package.json'), 'utf8').replace('"plain":"1.0.0"', '"plain":"1.0.1"'),
    );

    expect(run('thirdParty.mjs', folder, '--check').stderr).toContain(
      'docs/third-party.md is out of date; run "npm run third-party".',
    );
  });

  it('writes the licence text of each package, and lists those without one', () => {
    run('notices.mjs', folder);

    const [, text = '', without = ''] = readFileSync(join(folder, 'reports/third-party-notices.txt'), 'utf8').split(
      /\n=+\n/,
    );
    expect(text).toMatch(/plain 1\.0\.\d \(MIT\)[\s\S]*Copyright of a plain person\./);
    expect(without).toContain('\nindirect 2.0.0 (ISC) https://github.com/somebody/indirect\n');
  });
});
