import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { programsOf } from './programs.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dossier-programs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = '') {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** A workspace whose packages are linked as npm does it. */
function workspace(packages: Record<string, { folder: string; start?: string }>, scripts: Record<string, string>) {
  write('package.json', JSON.stringify({ scripts }));
  mkdirSync(join(root, 'node_modules/@dossier'), { recursive: true });
  for (const [name, { folder, start }] of Object.entries(packages)) {
    write(join(folder, 'package.json'), JSON.stringify({ scripts: start ? { start } : {} }));
    symlinkSync(join('../..', folder), join(root, 'node_modules/@dossier', name));
  }
}

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];

it('finds programs at the known paths if no script names them', () => {
  workspace({}, {});
  const known = [
    'gateway/dist/embeddedMain.js',
    'gateway/dist/seedCli.js',
    'gateway/dist/main.js',
    ...SERVICES.map((name) => `services/${name}/dist/main.js`),
  ];
  for (const file of known) write(file);

  const { embedded, seed, gateway, services } = programsOf(root);

  expect([embedded, seed, gateway, ...Object.values(services)]).toEqual(known.map((file) => join(root, file)));
});

it('follows the npm scripts to programs that have moved, skipping their build and seed commands', () => {
  const start = 'turbo run build && node dist/main.js seed && node --enable-source-maps dist/server.js';
  workspace(
    {
      gateway: { folder: 'apps/gateway', start: 'turbo run build --filter=@dossier/gateway && node dist/http.js' },
      ...Object.fromEntries(SERVICES.map((name) => [name, { folder: `apps/${name}`, start }])),
    },
    { start: 'turbo run build && node apps/all/dist/main.js --seed', seed: 'node tools/dist/seed.js' },
  );
  const moved = [
    'apps/all/dist/main.js',
    'tools/dist/seed.js',
    'apps/gateway/dist/http.js',
    ...SERVICES.map((name) => `apps/${name}/dist/server.js`),
  ];
  for (const file of moved) write(file);

  const { embedded, seed, gateway, services } = programsOf(root);

  expect([embedded, seed, gateway, ...Object.values(services)]).toEqual(moved.map((file) => join(root, file)));
});

it('finds a program that another one builds and runs', () => {
  workspace(
    { gateway: { folder: 'apps/gateway', start: 'node ../../tools/start.mjs --seed dist/http.js' } },
    { start: 'node tools/start.mjs apps/all/dist/main.js --seed' },
  );
  const wrapped = [
    'tools/start.mjs',
    'apps/all/dist/main.js',
    'apps/gateway/dist/http.js',
    'gateway/dist/seedCli.js',
    ...SERVICES.map((name) => `services/${name}/dist/main.js`),
  ];
  for (const file of wrapped) write(file);

  const { embedded, gateway } = programsOf(root);

  expect([embedded, gateway]).toEqual(
    ['apps/all/dist/main.js', 'apps/gateway/dist/http.js'].map((file) => join(root, file)),
  );
});

it('reports the missing program', () => {
  workspace({}, { start: 'node dist/nothing.js' });

  expect(() => programsOf(root)).toThrow('The program gateway/dist/embeddedMain.js does not exist');
});
