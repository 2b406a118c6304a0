export { seedsDigest, seedsSize } from './files.js';
export { editorSchema, type FormatSchema, formatSchema, type JsonSchema } from './jsonSchema.js';
export { DocumentsError, type MountedDocument, mountDocuments, mountedDigests } from './mounted.js';
export { formatProblem, type Problem } from './problem.js';
export { type OpenedSeeds, openSeeds, type ReadOptions, type ReadResult, readSeeds, type SeedPart } from './read.js';
export { enums, isSectionOf, type Origin, type PassageSeed, REGISTER, type Seeds } from './records.js';
export { escapeLine, escapeUnsafe } from './terminal.js';
export { type Difference, TextMatcher, type TextRange } from './textMatch.js';
