import { existsSync } from 'node:fs';
import { escapeUnsafe, formatProblem, mountDocuments, readSeeds } from '@dossier/seed-format';
import { checkStore } from '@dossier/store';
import { expectedIdentity, type SeedableDefinition, storeFile } from './seeding.js';

/** What a look at one part of a deployment showed. */
export interface Finding {
  /** E.g. `store actors`. */
  part: string;
  outcome: 'well' | 'wrong' | 'skipped';
  /** What is there, or what is wrong and what to do. */
  message: string;
}

const well = (part: string, message: string): Finding => ({ part, outcome: 'well', message });
const wrong = (part: string, message: string): Finding => ({ part, outcome: 'wrong', message });
const skipped = (part: string, message: string): Finding => ({ part, outcome: 'skipped', message });

/** A look that cannot be taken is a finding, too. */
export async function check(part: string, look: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return wrong(part, (error as Error).message);
  }
}

/** Whether a store can be served, is whole, and is of the seeds at hand. */
export const checkStoreFile = (
  definition: SeedableDefinition,
  { dataDir, seedsDir }: { dataDir: string; seedsDir: string },
): Promise<Finding> =>
  check(`store ${definition.name}`, async () => {
    const part = `store ${definition.name}`;
    const file = storeFile(dataDir, definition.name);
    const { revision } = await checkStore(file, definition.name, definition.migrations);
    if (!existsSync(seedsDir))
      return well(part, `${file}, whole, revision ${revision}; there are no seeds to compare it with.`);
    const expected = expectedIdentity(definition, seedsDir).revision;
    if (revision !== expected)
      return wrong(part, `${file} is of revision ${revision}, the seeds at hand give ${expected}; run "npm run seed".`);
    return well(part, `${file}, whole, revision ${revision}.`);
  });

/** Whether the seeds pass their check, and the texts of documents are those that the seeds were made from. */
export async function checkSeeds({
  seedsDir,
  documentsDir,
}: {
  seedsDir: string;
  documentsDir: string | null;
}): Promise<Finding[]> {
  if (!existsSync(seedsDir))
    return [
      skipped('seeds', `${seedsDir} does not exist; stores are served as they are.`),
      skipped('documents', 'Which texts there should be, the seeds say.'),
    ];
  const { seeds, problems } = readSeeds(seedsDir);
  const found = await check('seeds', () =>
    problems.length > 0
      ? wrong('seeds', problems.map(formatProblem).join('\n'))
      : well('seeds', `${seedsDir}, no problems.`),
  );
  if (!documentsDir) return [found, skipped('documents', 'DOCUMENTS_DIR is not set: excerpts are null.')];
  const documents = await check('documents', () => {
    const mounted = [...mountDocuments(documentsDir, seeds?.documents ?? [])];
    const missing = mounted
      .filter(([, { availability }]) => availability !== 'VERIFIED')
      .map(([id, { availability }]) => `${id} is ${availability}`);
    return missing.length > 0
      ? wrong(
          'documents',
          `${documentsDir}: ${missing.join(', ')}; expected texts with the digests that the seeds name.`,
        )
      : well('documents', `${documentsDir}, ${mounted.length} verified.`);
  });
  return [found, documents];
}

/** Whether a port is free, or answered by the program that it is for. */
export const checkPort = ({ host, port, service }: { host: string; port: number; service: string }): Promise<Finding> =>
  check('port', async () => {
    if (port === 0) return well('port', 'Any that is free.');
    const address = `${host}:${port}`;
    const health = await fetch(`http://${host}:${port}/health?live`, { signal: AbortSignal.timeout(2_000) }).catch(
      (error: Error & { cause?: { code?: string } }) => {
        if (error.cause?.code === 'ECONNREFUSED') return null;
        throw new Error(
          `${address} is taken by something that does not answer at /health (${error.cause?.code ?? error.message}); set PORT to another.`,
        );
      },
    );
    if (!health) return well('port', `${address} is free.`);
    const { service: answering, revision } = (await health.json().catch(() => ({}))) as {
      service?: string;
      revision?: string;
    };
    if (answering !== service)
      return wrong('port', `${address} is taken by ${answering ?? 'another program'}; set PORT to another.`);
    return well('port', `${address} is answered by ${answering}${revision ? `, revision ${revision}` : ''}.`);
  });

/** The findings as text that is safe to print, or as JSON, and the exit status: 1 if something is wrong. */
export function report(findings: readonly Finding[], asJson: boolean): { text: string; status: number } {
  const isWell = findings.every(({ outcome }) => outcome !== 'wrong');
  const text = asJson
    ? JSON.stringify({ isWell, findings }, null, 2)
    : findings.map(({ part, outcome, message }) => `${outcome.padEnd(8)}${part}: ${message}`).join('\n');
  return { text: `${escapeUnsafe(text)}\n`, status: isWell ? 0 : 1 };
}
