import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { describe, expect, it } from 'vitest';
import { systemd } from '../support/needs.js';
import { deployFile, readDeploy, SERVICES } from './files.js';

const units = readdirSync(deployFile('systemd'));

describe.each(units)('the systemd unit %s', (unit) => {
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
    const programs = [...text.matchAll(/^Exec\w+=\/usr\/bin\/env node (\S+)/gm)].flatMap(([, program]) =>
      SERVICES.map((service) => (program ?? '').replace('%i', service)),
    );
    expect(programs.length).toBeGreaterThan(0);
    for (const program of programs)
      expect(existsSync(join(workspaceRoot(), program.replace('/dist/', '/src/').replace('.js', '.ts'))), program).toBe(
        true,
      );
    for (const line of [
      'DynamicUser=yes',
      'ProtectSystem=strict',
      'NoNewPrivileges=yes',
      'Restart=on-failure',
      'RestartPreventExitStatus=2 3',
      'TimeoutStopSec=20',
    ])
      expect(text).toContain(`\n${line}\n`);
  });
});
