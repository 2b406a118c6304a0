export { type BackupOptions, backUpStores, restoreStores } from './backup.js';
export { check, checkPort, checkSeeds, checkStoreFile, type Finding, report } from './doctor.js';
export { type ProgramCommand, type Running, runProcess } from './process.js';
export { type ProgressShown, showProgress } from './progress.js';
export {
  expectedIdentity,
  refuseStale,
  type SeedableDefinition,
  SeedError,
  type Seeded,
  type SeedingOptions,
  type SeedingProgress,
  seedStores,
  storeFile,
} from './seeding.js';
export { runService } from './service.js';
export { traceTo } from './traceTo.js';
