export { catalogue } from './catalogue.js';
export { embeddedSettings, mcpStdioSettings, settings, supergraphFile } from './config.js';
export { type EmbeddedOptions, type RunningEmbedded, startEmbedded } from './embedded.js';
export { examplesFor } from './examples.js';
export type { RunningGateway } from './server.js';
export { definitions, seedAll } from './services.js';
export { type HttpGatewayOptions, startGateway } from './start.js';
export { committedSupergraph, writeSupergraph } from './supergraphFile.js';
