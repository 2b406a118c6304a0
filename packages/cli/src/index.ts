export {
  BACKUP_OPTIONS,
  type BackupOptions,
  backUpStores,
  type FetchStoresOptions,
  fetchStores,
  RESTORE_OPTIONS,
  restoreStores,
} from './backup.js';
export { SeedError } from './buildStores.js';
export {
  check,
  checkDataFolder,
  checkLimits,
  checkPort,
  checkSeeds,
  checkStoreFile,
  type Finding,
  report,
} from './doctor.js';
export type { SeedableDefinition } from './plan.js';
export { type ProgramCommand, runProcess, startTracingTo } from './process.js';
export { notePassages, notes, withProgress } from './progress.js';
export { checkDatabase, PUBLISH_OPTIONS, publishToDatabase } from './publish.js';
export {
  expectedIdentity,
  rejectStaleStores,
  SEED_OPTIONS,
  type Seeded,
  type SeedingOptions,
  type SeedingProgress,
  seedSources,
  seedStores,
  storeFile,
} from './seeding.js';
export type { SeedSources } from './seedSources.js';
export { runService } from './service.js';
export type { Running } from './signals.js';
