import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { expect, it } from 'vitest';
import { readDeploy, SERVICES } from './files.js';
import { UNITS } from './units.js';

/** All settings, from the generated reference. */
const known = new Set(
  [...readFileSync(join(workspaceRoot(), 'docs/configuration.md'), 'utf8').matchAll(/^\| `([A-Z][A-Z_]+)`/gm)].map(
    ([, name]) => name,
  ),
);
/** Variables of Node.js, turbo, the Docker build, and other programs. */
const foreign = new Set([
  ...['NODE_ENV', 'TURBO_TELEMETRY_DISABLED'],
  ...['POSTGRES_DB', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_INITDB_ARGS'],
]);

const NAMES: [RegExp, string[]][] = [
  [/^ {6}([A-Z][A-Z_]+):/gm, ['compose.yaml', 'compose.postgresql.yaml']],
  [/^ {2}([A-Z][A-Z_]+):/gm, ['compose.yaml', 'compose.postgresql.yaml']],
  [
    /\bname: ([A-Z][A-Z_]+)\b/g,
    [
      ...['gateway', ...SERVICES].map((name) => `kubernetes/${name}.yaml`),
      ...['kubernetes-postgresql/kustomization.yaml', 'kubernetes-postgresql/publish.yaml'],
    ],
  ],
  [/(?:^Environment=|^ENV | )([A-Z][A-Z_]+)=/gm, UNITS.map((unit) => `systemd/${unit}`)],
  [/(?:^ENV | )(NODE_ENV|HOST|PORT|[A-Z_]+_DIR)=/gm, ['Dockerfile']],
];

it('the deployment files set only variables that are settings', () => {
  const named = NAMES.flatMap(([pattern, files]) =>
    files.flatMap((file) => [...readDeploy(file).replace(/^#.*$/gm, '').matchAll(pattern)].map(([, name]) => name)),
  );
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !known.has(name) && !foreign.has(name as string))).toEqual([]);
});
