import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmScript, serviceCommand } from './workspace.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dossier-workspace-'));
  write('package.json', JSON.stringify({ workspaces: [], scripts: { seed: 'node seed.js' } }));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe('the command in a message', () => {
  it('is an npm script in the repository', () => {
    for (const file of ['gateway/package.json', 'tools/start.mjs', 'node_modules/turbo/package.json']) write(file);

    expect(serviceCommand('trade', 'seed', root)).toBe('npm run seed');
    expect(npmScript('compose', root)).toBeNull();
  });

  it.each([
    ['a folder pruned to a service', ['tools/start.mjs', 'node_modules/turbo/package.json']],
    ['an installation without development dependencies', ['tools/start.mjs', 'gateway/package.json']],
    ['an image', ['gateway/package.json']],
  ])('is the program of the service in %s', (_, files) => {
    for (const file of files) write(file);

    expect(npmScript('seed', root)).toBeNull();
    expect(serviceCommand('trade', 'seed', root)).toBe(`node ${root}/services/trade/dist/main.js seed`);
  });

  it('has a relative path if the current folder is the root', () => {
    const before = process.cwd();
    try {
      process.chdir(root);
      expect(serviceCommand('trade', 'seed', process.cwd())).toBe('node services/trade/dist/main.js seed');
    } finally {
      process.chdir(before);
    }
  });
});
