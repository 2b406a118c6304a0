// What a program needs of seeds and texts without reading records: their digests, the mounted texts, and messages about them.
// Apart from the index, since every program imports it, and only commands read records.
export { type FolderState, seedDigests, seedsSize } from './files.js';
export { inReadingOrder, REGISTER } from './folderOrder.js';
export {
  DocumentsError,
  formatDigest,
  type MountedDocument,
  mountDocuments,
  mountedDigests,
  verificationDigest,
} from './mounted.js';
export { openTexts } from './openedTexts.js';
export { formatProblem, type Problem } from './problem.js';
export { escapeLine, escapeUnsafe } from './terminal.js';
export { type Difference, TextMatcher } from './textMatch.js';
