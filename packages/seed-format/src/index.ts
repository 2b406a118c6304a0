export type { SharedFacts } from './folders.js';
export { editorSchema, type FormatSchema, formatSchema, type JsonSchema } from './jsonSchema.js';
export { modelSettings } from './modelProposals/settings.js';
export {
  type IndexedSeeds,
  type OpenedSeeds,
  openSeeds,
  type ReadOptions,
  type ReadResult,
  readFacts,
  readSeeds,
  type SeedPart,
} from './read.js';
export { enums, isSectionOf, type Origin, type PassageSeed, REGISTER, type Seeds } from './records.js';
