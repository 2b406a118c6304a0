export { seedsDigest } from './files.js';
export { type MountedDocument, mountDocuments } from './mounted.js';
export { formatProblem, type Problem } from './problem.js';
export { type ReadOptions, type ReadResult, readSeeds } from './read.js';
export { enums, type Origin, type PassageSeed, type Seeds } from './records.js';
