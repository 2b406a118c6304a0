#!/usr/bin/env node
// Generates a migration from the tables of the service in the current folder, and makes its tables STRICT:
// drizzle-kit has no option for it, and other SQLite tables accept values of any type in any column (https://www.sqlite.org/stricttables.html).
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const drizzleKit = join(dirname(createRequire(import.meta.url).resolve('drizzle-kit')), 'bin.cjs');
const before = new Set(migrations());
const { status } = spawnSync(
  process.execPath,
  [
    drizzleKit,
    'generate',
    '--dialect',
    'sqlite',
    '--schema',
    'src/tables.ts',
    '--out',
    'migrations',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const file of migrations().filter((name) => !before.has(name))) {
  const path = join('migrations', file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^(CREATE TABLE [\s\S]*?\n\));/gm, '$1 STRICT;'));
}
process.exit(status ?? 1);

function migrations() {
  try {
    return readdirSync('migrations').filter((name) => name.endsWith('.sql'));
  } catch {
    return [];
  }
}
