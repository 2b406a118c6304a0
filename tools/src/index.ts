export { breakingChanges, type Composed, composeSupergraph } from './compose.js';
