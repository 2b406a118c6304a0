import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ComposeFile, ComposeService } from './composeFile.js';
import { composeProblems } from './composeSchema.js';
import { PORT, readDeploy, SERVICES, yamlDocuments } from './files.js';

const file = yamlDocuments<ComposeFile & { secrets: Record<string, { file: string }> }>('compose.postgresql.yaml')[0];
if (!file) throw new Error('The file is empty.');
const service = (name: string): ComposeService => {
  const found = file.services[name];
  if (!found) throw new Error(`There is no service "${name}".`);
  return found;
};

describe('the Compose file with PostgreSQL', () => {
  it('conforms to the Compose Specification', () => {
    expect(composeProblems(file)).toEqual([]);
  });

  it('starts services without volumes, on the published stores, as the reader', () => {
    for (const name of SERVICES) {
      expect(service(name)).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        stop_grace_period: '20s',
        secrets: ['reader-url'],
        depends_on: { publish: { condition: 'service_completed_successfully' } },
      });
      expect(service(name).volumes).toBeUndefined();
      expect(service(name).environment).toMatchObject({
        STORE_URL_FILE: '/run/secrets/reader-url',
        PORT: String(PORT),
      });
    }
    const urls = SERVICES.map((name) => [`${name.toUpperCase()}_URL`, `http://${name}:${PORT}/graphql`]);
    expect(service('gateway').environment).toMatchObject(Object.fromEntries(urls));
  });

  it('publishes as the publisher, when the database is ready', () => {
    expect(service('publish')).toMatchObject({
      restart: 'no',
      secrets: ['publisher-url'],
      depends_on: { database: { condition: 'service_healthy' } },
      environment: { STORE_URL_FILE: '/run/secrets/publisher-url' },
    });
  });

  it('lets only services and the publisher reach the database, and clients only the gateway', () => {
    const onNetwork = Object.keys(file.services).filter((name) => service(name).networks.includes('database'));
    const published = Object.keys(file.services).filter((name) => service(name).ports !== undefined);

    expect(onNetwork.sort()).toEqual([...SERVICES, 'database', 'publish'].sort());
    expect(file.networks['database']).toEqual({ internal: true });
    expect(published).toEqual(['gateway']);
  });

  it('refers only to volumes, networks and secrets that it declares', () => {
    const used = Object.values(file.services).flatMap(({ volumes = [], networks, ...others }) => [
      ...volumes.filter((volume) => !volume.startsWith('./')).map((volume) => volume.split(':')[0]),
      ...networks,
      ...((others['secrets'] as string[] | undefined) ?? []),
    ]);
    const declared = [...Object.keys(file.volumes), ...Object.keys(file.networks), ...Object.keys(file.secrets)];
    expect([...new Set(used)].sort()).toEqual([...new Set(declared)].sort());
  });
});

describe('the script that sets the passwords of the roles', () => {
  /** Runs it with secrets in another folder and a psql that prints what it gets. */
  function run(url: string): { status: number | null; stdout: string; stderr: string } {
    const folder = mkdtempSync(join(tmpdir(), 'dossier-passwords-'));
    try {
      for (const role of ['publisher', 'reader']) writeFileSync(join(folder, `${role}-url`), url.replace('ROLE', role));
      writeFileSync(join(folder, 'psql'), '#!/bin/sh\ncat\n', { mode: 0o755 });
      const script = readDeploy('postgresql/passwords.sh').replaceAll('/run/secrets', folder);
      return spawnSync('sh', ['-c', script], { encoding: 'utf8', env: { PATH: `${folder}:${process.env['PATH']}` } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('takes them from the URLs', () => {
    expect(run('postgres://dossier_ROLE:a1B2@database/dossier\n')).toMatchObject({
      status: 0,
      stdout: "alter role dossier_publisher password 'a1B2'\nalter role dossier_reader password 'a1B2'\n",
    });
  });

  it.each(["postgres://dossier_ROLE:a'; drop@database/dossier", 'postgres://dossier_ROLE@database/dossier'])(
    'fails for a URL without a password of letters and digits: %s',
    (url) => {
      expect(run(url)).toMatchObject({ status: 1, stdout: '' });
    },
  );
});
