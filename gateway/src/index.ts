export { catalogue } from './catalogue.js';
export { embeddedSettings, settings, supergraphFile } from './config.js';
export { definitions, type EmbeddedOptions, type RunningEmbedded, seedAll, startEmbedded } from './embedded.js';
export { examplesFor } from './examples.js';
export type { RunningGateway } from './server.js';
export { type HttpGatewayOptions, startGateway } from './start.js';
export { committedSupergraph, writeSupergraph } from './supergraphFile.js';
