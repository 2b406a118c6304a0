// For programs that write seeds: finding passages, editing and checking one document, and its proposals.
export { type DocumentFile, missingText, mountDocument, readDocumentFile } from './documentFile.js';
export {
  folderFileNames,
  folderNames,
  readSeedFile,
  readSeedText,
  type StagedFile,
  stageFile,
  UnwritableError,
} from './files.js';
export { keyOrderOf } from './keyOrder.js';
export { type Accepted, type AcceptOptions, accept, isPlacedByPosition } from './proposals/accept.js';
export { detailsOf, gitUserName } from './proposals/commands.js';
export {
  createProposalsFolder,
  formatProposals,
  type Proposal,
  type Proposals,
  ProposalsError,
  proposalsFileName,
  readProposals,
} from './proposals/proposalFile.js';
export { proposalsFor } from './proposals/propose.js';
export { type RawRecord, SeedRecords } from './proposals/seedRecords.js';
export { openScope, readFolder } from './read.js';
export { editRecord, type RecordChange, RecordEditError } from './recordEdit.js';
export { passagesIn, placeInText } from './recordPlace.js';
export { SECTIONS } from './records.js';
export { scopeOf } from './scope.js';
