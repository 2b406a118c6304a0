export { seedsDigest, seedsSize } from './files.js';
export { DocumentsError, type MountedDocument, mountDocuments, mountedDigests } from './mounted.js';
export { formatProblem, type Problem } from './problem.js';
export { type OpenedSeeds, openSeeds, type ReadOptions, type ReadResult, readSeeds, type SeedPart } from './read.js';
export { enums, type Origin, type PassageSeed, type Seeds } from './records.js';
export { escapeLine, escapeUnsafe } from './terminal.js';
