import { notePassages, runProcess, SEED_OPTIONS, seedSources } from '@dossier/cli';
import { type ConfigOf, dataSettings } from '@dossier/config';
import { seedAll } from './services.js';

async function main(config: ConfigOf<typeof dataSettings>, { force = false, ...flags }: Record<string, boolean>) {
  for (const { service, result, file, revision } of await seedAll({
    dataDir: config.DATA_DIR,
    ...seedSources(config, flags),
    verifiesAlways: true,
    force,
  })) {
    process.stdout.write(`${service}: ${result}, revision ${revision}, ${file}\n`);
  }
  notePassages(config.DOCUMENTS_DIR);
  return undefined;
}

await runProcess(
  'Builds the stores of all services that are missing, damaged or out of date. With DOCUMENTS_DIR, verifies every passage first.',
  dataSettings,
  main,
  { options: { '--force': 'rebuild all stores', ...SEED_OPTIONS } },
);
