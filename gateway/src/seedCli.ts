import { dataSettings, runProcess } from '@dossier/subgraph';
import { seedAll } from './embedded.js';

await runProcess('Builds the stores of all services that are missing or of other seeds; --force builds them all.', dataSettings, async (config) => {
  const force = process.argv.includes('--force');
  for (const { service, result, file, revision } of seedAll({ dataDir: config.DATA_DIR, seedsDir: config.SEEDS_DIR, force })) {
    process.stdout.write(`${service}: ${result}, revision ${revision}, ${file}\n`);
  }
  return undefined;
});
