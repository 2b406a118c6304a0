import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { describe, expect, it } from 'vitest';
import { systemd } from '../support/needs.js';
import { deployFile, readDeploy, SERVICES } from './files.js';
import { filtersOfUnit, valuesOf } from './sandbox.js';
import { PUBLISHING, UNITS } from './units.js';

describe.each(UNITS)('the systemd unit %s', (unit) => {
  const text = readDeploy(`systemd/${unit}`);

  it.skipIf(systemd.isMissing)('loads in systemd without warnings', systemd.options, () => {
    const folder = mkdtempSync(join(tmpdir(), 'dossier-systemd-'));
    try {
      const file = join(folder, unit.replace('@', '@trade'));
      copyFileSync(deployFile(`systemd/${unit}`), file);
      const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--recursive-errors=no', file], {
        encoding: 'utf8',
      });
      expect([status, stdout + stderr]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('starts existing programs as an unprivileged user, and does not restart after an error that a restart cannot fix', () => {
    const programs = [...text.matchAll(/\bnode ([\w/%.]+)/g)].flatMap(([, program]) =>
      SERVICES.map((service) => (program ?? '').replace('%i', service)),
    );
    expect(programs.length).toBeGreaterThan(0);
    for (const program of programs)
      expect(existsSync(join(workspaceRoot(), program.replace('/dist/', '/src/').replace('.js', '.ts'))), program).toBe(
        true,
      );
    for (const line of [
      ...['DynamicUser=yes', 'ProtectSystem=strict', 'NoNewPrivileges=yes'],
      ...(unit === PUBLISHING ? ['Type=oneshot'] : ['Restart=on-failure', 'TimeoutStopSec=20']),
    ])
      expect(text).toContain(`\n${line}\n`);
  });

  it('restarts neither after a wrong setting nor after a forbidden system call, and has no step to which this does not apply', () => {
    if (unit === PUBLISHING) expect(text).not.toMatch(/^Restart=/m);
    else expect(valuesOf(unit, 'RestartPreventExitStatus').flat()).toEqual(expect.arrayContaining(['2', 'SIGSYS']));
    expect(text).not.toMatch(/^Exec(StartPre|Condition|StartPost)=/m);
  });

  it.skipIf(systemd.isMissing)(
    'allows memory protection keys (Node.js 20), and no calls that change the machine',
    systemd.options,
    () => {
      const { allowed, killed } = filtersOfUnit(unit);
      expect(allowed).toEqual(expect.arrayContaining(['pkey_alloc', 'pkey_free', 'pkey_mprotect']));
      expect(killed).toEqual(expect.arrayContaining(['mount', 'reboot', 'bpf', 'ptrace', 'init_module']));
    },
  );
});

it('the documentation names the environment files that the systemd units read, and no others', () => {
  const read = UNITS.flatMap((unit) => {
    const [[file = ''] = []] = valuesOf(unit, 'EnvironmentFile');
    return SERVICES.map((service) => file.replace(/^-/, '').replace('%i', service));
  });
  const operating = readFileSync(join(workspaceRoot(), 'docs/operating.md'), 'utf8');
  const documented = [...operating.matchAll(/\/etc\/dossier\/[\w-]+\.env/g)].map(([name]) => name);

  expect([...new Set(documented)].sort()).toEqual([...new Set(read)].sort());
});
