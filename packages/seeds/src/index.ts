export { seedsDigest } from './files.js';
export { type MountedDocument, mountDocuments } from './mounted.js';
export { formatProblem, type Problem } from './problem.js';
export { type ReadOptions, type ReadResult, readSeeds } from './read.js';
export type { Origin, PassageSeed, Seeds } from './records.js';
