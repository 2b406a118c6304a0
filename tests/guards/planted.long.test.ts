import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = workspaceRoot();
let copy: string;

/** A copy of the sources, with the installed packages linked, so that a violation can be planted. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'dossier-guards-'));
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name))))
    cpSync(join(root, file), join(copy, file), { recursive: true, force: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  spawnSync('git', ['init', '-q'], { cwd: copy });
  spawnSync('git', ['add', '-A'], { cwd: copy });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(...command: [string, ...string[]]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', command[0]), command.slice(1), {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  });
  return { status, output: stdout + stderr };
}

/** Changes a file, runs a check, and restores the file. */
function changed<T>(file: string, change: (content: string) => string, check: () => T): T {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, change(before));
  try {
    return check();
  } finally {
    writeFileSync(path, before);
  }
}

/** Inserts lines at the beginning of a file, runs a check, and restores the file. */
const planted = <T>(file: string, lines: string, check: () => T): T =>
  changed(file, (content) => `${lines}\n${content}`, check);

describe('a planted violation is reported', () => {
  it.each([
    [
      'data that depends on resolvers',
      'services/actors/src/data/places.ts',
      "import { Place } from '../resolvers/Place.js';\nconsole.log(Place);",
      'resolvers depend on data',
    ],
    [
      'SQL in a resolver',
      'services/trade/src/resolvers/Query.ts',
      "import { sql } from 'drizzle-orm';\nconsole.log(sql);",
      'Only data/ and seed.ts may contain SQL',
    ],
    [
      'tables that depend on data',
      'services/sanctions/src/tables.ts',
      "import { linksSource } from './data/links.js';\nconsole.log(linksSource);",
      'Tables must not depend on',
    ],
    [
      'a name that a client chose, read from an object',
      'packages/http-server/src/request/engine.ts',
      'export const read = (variables: Record<string, unknown>, name: string) => variables[name];',
      'own properties only',
    ],
    ['`any`', 'packages/store/src/errors.ts', 'export const anything: any = 1;', 'noExplicitAny'],
    [
      'an import cycle of two files',
      'packages/store/src/errors.ts',
      "import { openStore } from './open.js';\nconsole.log(openStore);",
      'noImportCycles',
    ],
    [
      'an import cycle of types only',
      'packages/store/src/errors.ts',
      "import type { Store } from './open.js';\nexport type Opened = Store;",
      'noImportCycles',
    ],
  ])('by the linter: %s', (_, file, lines, message) => {
    const { status, output } = planted(file, lines, () => run('biome', 'lint', file));
    expect(output).toContain(message);
    expect(status).not.toBe(0);
  });

  it.each([
    ['a service that depends on another', 'services/actors/src/seed.ts', "import '@dossier/trade';"],
    ['a package that depends on a service', 'packages/store/src/open.ts', "import '@dossier/actors';"],
    ['a package that is not declared', 'services/trade/src/seed.ts', "import 'undici';"],
  ])('by the boundaries: %s', (_, file, lines) => {
    const { status, output } = planted(file, lines, () => run('turbo', 'boundaries'));
    expect(output).toMatch(/not a dependency|denied|cannot import/i);
    expect(status).not.toBe(0);
  });

  it('by the boundaries: a cycle of two packages', () => {
    const { status, output } = changed(
      'packages/operation-limits/package.json',
      (content) => content.replace('"dependencies": {', '"dependencies": { "@dossier/http-server": "*",'),
      () => run('turbo', 'boundaries'),
    );
    expect(output).toMatch(/Circular package dependency detected/);
    expect(status).not.toBe(0);
  });

  it('by knip: an unused export', () => {
    const { status, output } = planted('packages/domain/src/text.ts', 'export const nobodyUsesThis = 1;', () =>
      run('knip'),
    );
    expect(output).toContain('nobodyUsesThis');
    expect(status).not.toBe(0);
  }, 60_000);
});
