import { once } from 'node:events';
import { existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { serviceCommand } from '@dossier/config';
import { hostInUrl } from '@dossier/http-server';
import { escapeUnsafe, formatProblem, mountDocuments } from '@dossier/seed-format/sources';
import { checkStore } from '@dossier/store';
import {
  containerMemory,
  describeSystemError,
  folderProblem,
  heapLimit,
  limitProblems,
  type MachineSettings,
  openFilesLimit,
  temporaryFolderProblem,
  writableProblem,
} from './environment.js';
import type { SeedableDefinition } from './plan.js';
import { currentRevisions, storeFile } from './seeding.js';
import type { SeedSources } from './seedSources.js';

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

/**
 * Checks that a store is complete, can be served, and was built from the current seeds. A program that reads it from a database
 * (`isInDatabase`) needs no file.
 */
export const checkStoreFile = (
  definition: SeedableDefinition,
  { dataDir, isInDatabase, ...sources }: SeedSources & { dataDir: string; isInDatabase: boolean },
): Promise<Finding> =>
  check(`store ${definition.name}`, async () => {
    const part = `store ${definition.name}`;
    const file = storeFile(dataDir, definition.name);
    if (isInDatabase && !existsSync(file))
      return skipped(part, `${file} does not exist; the store is read from the database.`);
    const { revision, texts = 0 } = await checkStore(file, definition.name, definition.migrations);
    if (!existsSync(sources.seedsDir))
      return ok(part, `${file} is complete, revision ${revision}; there are no seeds to compare it with.`);
    const accepted = currentRevisions(definition, sources);
    if (!accepted.includes(revision))
      return failed(
        part,
        `${file} has revision ${revision}, the seeds have ${accepted[0]}; run "${serviceCommand(definition.name, 'seed')}".`,
      );
    const words = texts > 0 ? ` It contains the words of ${texts} texts.` : '';
    return ok(part, `${file} is complete, revision ${revision}.${words}`);
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
  let documents: Parameters<typeof mountDocuments>[1] = [];
  const { readSeeds } = await import('@dossier/seed-format');
  const seedsFinding = await check('seeds', () => {
    const problem = folderProblem('SEEDS_DIR', seedsDir);
    if (problem !== null) return failed('seeds', problem);
    const { seeds, problems } = readSeeds(seedsDir);
    documents = seeds?.documents ?? [];
    return problems.length > 0
      ? failed('seeds', problems.map(formatProblem).join('\n'))
      : ok('seeds', `${seedsDir} has no problems.`);
  });
  if (!documentsDir) return [seedsFinding, skipped('documents', 'DOCUMENTS_DIR is not set: excerpts are null.')];
  const documentsFinding = await check('documents', () => {
    const problem = folderProblem('DOCUMENTS_DIR', documentsDir);
    if (problem !== null) return failed('documents', problem);
    const mounted = [...mountDocuments(documentsDir, documents)];
    const invalid = mounted
      .filter(([, { availability }]) => availability !== 'VERIFIED')
      .map(
        ([id, { availability, problem }]) => `${id} is ${availability}${problem === undefined ? '' : ` (${problem})`}`,
      );
    return invalid.length > 0
      ? failed('documents', `${documentsDir}: ${invalid.join(', ')}; expected texts with the digests in the seeds.`)
      : ok('documents', `${documentsDir}: ${mounted.length} verified.`);
  });
  return [seedsFinding, documentsFinding];
}

/** Checks the limits of open files and memory. */
export function checkLimits(settings: MachineSettings): Finding {
  const problems = limitProblems(settings);
  if (problems.length > 0) return failed('limits', problems.join('\n'));
  const container = containerMemory();
  return ok(
    'limits',
    `${openFilesLimit() ?? 'Unlimited'} open files, a heap of ${toMiB(heapLimit())} MiB${container === null ? '' : `, ${toMiB(container)} MiB for the container`}.`,
  );
}

const MIB = 1024 * 1024;
const toMiB = (bytes: number): number => Math.floor(bytes / MIB);
/** Minimum free space for a store, in bytes; a larger one needs its own size. */
const MIN_FREE_BYTES = 16 * MIB;

/**
 * Checks that stores can be built: that files can be created in their folder and temporarily, and that the disk has space. If the
 * stores are served as they are (`areServable`), a folder that cannot be written is not a problem.
 */
export function checkDataFolder(
  services: readonly string[],
  { dataDir, areServable }: { dataDir: string; areServable: boolean },
): Promise<Finding> {
  const part = 'data folder';
  return check(part, () => {
    const existing = nearestExisting(dataDir);
    const needed = services
      .map((service) => statSync(storeFile(dataDir, service), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + Math.max(size, MIN_FREE_BYTES), 0);
    const { bavail, bsize } = statfsSync(existing);
    const free = bavail * bsize;
    const problem =
      writableProblem('DATA_DIR', existing) ??
      (free < needed
        ? `DATA_DIR="${dataDir}": the disk has ${toMiB(free)} MiB free; seeding needs about ${toMiB(needed)} MiB.`
        : temporaryFolderProblem());
    if (problem === null) return ok(part, `${dataDir} can be written, ${toMiB(free)} MiB are free.`);
    return areServable ? ok(part, `The stores can be served, but not built. ${problem}`) : failed(part, problem);
  });
}

function nearestExisting(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestExisting(parent);
}

const HEALTH_TIMEOUT_MS = 2_000;

export interface Address {
  host: string;
  port: number;
  /** Separate port for probes; null if they are on `port`. */
  probePort: number | null;
  service: string;
}

/** Checks that a program can listen on its address, or that it already does. */
export const checkPort = ({ host, port, probePort, service }: Address): Promise<Finding> =>
  check('port', async () => {
    if (probePort && probePort === port)
      return failed('port', `PROBE_PORT="${probePort}": is also PORT; expected another port.`);
    const settings = { HOST: host, PORT: port, PROBE_PORT: probePort };
    for (const tried of probePort === null ? [port] : [port, probePort]) {
      const error = await listenError(host, tried);
      if (error === null) continue;
      if (error.code !== 'EADDRINUSE') throw new Error(describeSystemError(error, settings) ?? error.message);
      return checkHealth({ host, port: probePort ?? port, service }, `${hostInUrl(host)}:${tried}`);
    }
    return ok('port', port === 0 ? 'Any free port.' : `${hostInUrl(host)}:${port} is free.`);
  });

/** The error of listening on an address; null if it is possible. */
async function listenError(host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  const server = createServer();
  const listening = once(server, 'listening');
  server.listen(port, host);
  try {
    await listening;
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  } finally {
    server.close();
  }
}

/** Finds out which program uses an address. */
async function checkHealth({ host, port, service }: Omit<Address, 'probePort'>, address: string): Promise<Finding> {
  const url = `http://${hostInUrl(host)}:${port}/health?live`;
  const health = await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) }).catch(
    (error: Error & { cause?: { code?: string } }) => {
      throw new Error(
        `${address} is used by a program that does not respond at /health (${error.cause?.code ?? error.message}); set PORT to another port.`,
      );
    },
  );
  const { service: name, revision } = (await health.json().catch(() => ({}))) as {
    service?: string;
    revision?: string;
  };
  if (name !== service)
    return failed('port', `${address} is used by ${name ?? 'another program'}; set PORT to another port.`);
  return ok('port', `${address} is used by ${name}${revision ? `, revision ${revision}` : ''}.`);
}

/** Formats findings as text that is safe to print, or as JSON. The exit status is 1 if a check failed. */
export function report(findings: readonly Finding[], asJson: boolean): { text: string; status: number } {
  const isOk = findings.every(({ outcome }) => outcome !== 'failed');
  const text = asJson
    ? JSON.stringify({ ok: isOk, findings }, null, 2)
    : findings.map(({ part, outcome, message }) => `${outcome.padEnd(8)}${part}: ${message}`).join('\n');
  return { text: `${escapeUnsafe(text)}\n`, status: isOk ? 0 : 1 };
}
