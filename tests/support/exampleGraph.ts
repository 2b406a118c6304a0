import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayLimits, limitOptions, readConfig, workspaceRoot } from '@dossier/config';
import { type EmbeddedOptions, type RunningGateway, seedAll, startEmbedded } from '@dossier/gateway';

/** The document of the example. */
export const EXAMPLE = 'salt-strait-77';

export const EXAMPLE_SEEDS = join(workspaceRoot(), 'examples/seeds');

/** Starts the embedded graph of the example, whose text is free, with the text mounted unless `withText` is false. */
export async function startExample({
  withText = true,
  seedsDir = EXAMPLE_SEEDS,
  ...options
}: { withText?: boolean; seedsDir?: string } & Pick<EmbeddedOptions, 'landing'> = {}): Promise<RunningGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-example-'));
  await seedAll({ dataDir, seedsDir });
  const running = await startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    documentsDir: withText ? join(workspaceRoot(), 'examples/documents') : null,
    ...limitOptions(readConfig(gatewayLimits, {})),
    ...options,
  });
  return {
    ...running,
    close: async () => {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
