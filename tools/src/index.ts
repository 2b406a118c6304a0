export { createPreview } from './annotatePreview.js';
export { breakingChanges, type Composed, composeSupergraph } from './compose.js';
