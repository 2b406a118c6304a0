import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { serviceCommand } from '@dossier/config';
import { escapeUnsafe, formatProblem, mountDocuments, readSeeds } from '@dossier/seed-format';
import { checkStore, formatBytes, freeBytes } from '@dossier/store';
import { expectedIdentity, type SeedableDefinition, storeFile } from './seeding.js';

/** The result of the check of one part of a deployment. */
export interface Finding {
  /** E.g. `store actors`. */
  part: string;
  outcome: 'ok' | 'failed' | 'skipped';
  /** The state of the part; if the check failed, also what to do. */
  message: string;
}

const ok = (part: string, message: string): Finding => ({ part, outcome: 'ok', message });
const failed = (part: string, message: string): Finding => ({ part, outcome: 'failed', message });
const skipped = (part: string, message: string): Finding => ({ part, outcome: 'skipped', message });

/** Runs a check. An exception is a failed check, too. */
export async function check(part: string, run: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await run();
  } catch (error) {
    return failed(part, (error as Error).message);
  }
}

/** Checks that a store is complete, can be served, and was built from the current seeds. */
export const checkStoreFile = (
  definition: SeedableDefinition,
  { dataDir, seedsDir }: { dataDir: string; seedsDir: string },
): Promise<Finding> =>
  check(`store ${definition.name}`, async () => {
    const part = `store ${definition.name}`;
    const file = storeFile(dataDir, definition.name);
    const { revision } = await checkStore(file, definition.name, definition.migrations);
    if (!existsSync(seedsDir))
      return ok(part, `${file} is complete, revision ${revision}; there are no seeds to compare it with.`);
    const expected = expectedIdentity(definition, seedsDir).revision;
    if (revision !== expected)
      return failed(
        part,
        `${file} has revision ${revision}, the seeds have ${expected}; run "${serviceCommand(definition.name, 'seed')}".`,
      );
    return ok(part, `${file} is complete, revision ${revision}.`);
  });

/** Space that a new store needs if there is no store to compare with. */
const MIN_FREE_BYTES = 64 * 1024 * 1024;

/** Checks that the folder of the stores can be written, and has space for new ones next to those that are in place. */
export const checkDataDir = (definitions: readonly SeedableDefinition[], dataDir: string): Promise<Finding> =>
  check('folder', () => {
    const user = `user ${process.getuid?.() ?? 'unknown'}`;
    // It is created by the first command that writes a store.
    let folder = dataDir;
    try {
      while (!statSync(folder, { throwIfNoEntry: false }) && dirname(folder) !== folder) folder = dirname(folder);
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return failed(
        'folder',
        `${folder} cannot be written (${code}), so that stores cannot be replaced; give ${user} read and write permission, or set DATA_DIR.`,
      );
    }
    if (!statSync(folder).isDirectory())
      return failed('folder', `${folder} is not a folder; set DATA_DIR to a folder.`);
    const sizes = definitions.map(
      ({ name }) => statSync(storeFile(dataDir, name), { throwIfNoEntry: false })?.size ?? 0,
    );
    const needed = Math.max(
      MIN_FREE_BYTES,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    const free = freeBytes(folder);
    const space = `${formatBytes(free)} are free in ${folder}`;
    return free < needed
      ? failed('folder', `${space}; new stores need about ${formatBytes(needed)}. Free space, or set DATA_DIR.`)
      : ok('folder', `${dataDir} can be written; ${space}.`);
  });

/** Checks that the seeds are valid, and that the mounted texts have the digests in the seeds. */
export async function checkSeeds({
  seedsDir,
  documentsDir,
}: {
  seedsDir: string;
  documentsDir: string | null;
}): Promise<Finding[]> {
  if (!existsSync(seedsDir))
    return [
      skipped('seeds', `${seedsDir} does not exist; stores are not compared with seeds.`),
      skipped('documents', 'Without seeds, the expected texts are not known.'),
    ];
  const { seeds, problems } = readSeeds(seedsDir);
  const seedsFinding = await check('seeds', () =>
    problems.length > 0
      ? failed('seeds', problems.map(formatProblem).join('\n'))
      : ok('seeds', `${seedsDir} has no problems.`),
  );
  if (!documentsDir) return [seedsFinding, skipped('documents', 'DOCUMENTS_DIR is not set: excerpts are null.')];
  const documentsFinding = await check('documents', () => {
    const mounted = [...mountDocuments(documentsDir, seeds?.documents ?? [])];
    const invalid = mounted
      .filter(([, { availability }]) => availability !== 'VERIFIED')
      .map(([id, { availability }]) => `${id} is ${availability}`);
    return invalid.length > 0
      ? failed('documents', `${documentsDir}: ${invalid.join(', ')}; expected texts with the digests in the seeds.`)
      : ok('documents', `${documentsDir}: ${mounted.length} verified.`);
  });
  return [seedsFinding, documentsFinding];
}

const HEALTH_TIMEOUT_MS = 2_000;

/** Checks that a port is free, or already used by the service it is meant for. */
export const checkPort = ({ host, port, service }: { host: string; port: number; service: string }): Promise<Finding> =>
  check('port', async () => {
    if (port === 0) return ok('port', 'Any free port.');
    const address = `${host}:${port}`;
    const health = await fetch(`http://${address}/health?live`, {
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    }).catch((error: Error & { cause?: { code?: string } }) => {
      if (error.cause?.code === 'ECONNREFUSED') return null;
      throw new Error(
        `${address} is used by a program that does not respond at /health (${error.cause?.code ?? error.message}); set PORT to another port.`,
      );
    });
    if (!health) return ok('port', `${address} is free.`);
    const { service: name, revision } = (await health.json().catch(() => ({}))) as {
      service?: string;
      revision?: string;
    };
    if (name !== service)
      return failed('port', `${address} is used by ${name ?? 'another program'}; set PORT to another port.`);
    return ok('port', `${address} is used by ${name}${revision ? `, revision ${revision}` : ''}.`);
  });

/** Formats findings as text that is safe to print, or as JSON. The exit status is 1 if a check failed. */
export function report(findings: readonly Finding[], asJson: boolean): { text: string; status: number } {
  const isOk = findings.every(({ outcome }) => outcome !== 'failed');
  const text = asJson
    ? JSON.stringify({ ok: isOk, findings }, null, 2)
    : findings.map(({ part, outcome, message }) => `${outcome.padEnd(8)}${part}: ${message}`).join('\n');
  return { text: `${escapeUnsafe(text)}\n`, status: isOk ? 0 : 1 };
}
