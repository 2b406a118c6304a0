export { catalogue } from './catalogue.js';
export { breakingChanges, type Composed, composeSupergraph } from './compose.js';
export { supergraphFile } from './config.js';
export { type EmbeddedOptions, seedAll, startEmbedded } from './embedded.js';
export type { RunningGateway } from './server.js';
export { type HttpGatewayOptions, startGateway } from './start.js';
