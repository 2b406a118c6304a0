export { catalogue } from './catalogue.js';
export { embeddedSettings, settings, supergraphFile } from './config.js';
<<<<<<< HEAD
export { definitions, type EmbeddedOptions, type RunningEmbedded, seedAll, startEmbedded } from './embedded.js';
=======
export { type EmbeddedOptions, startEmbedded } from './embedded.js';
>>>>>>> main
export { examplesFor } from './examples.js';
export type { RunningGateway } from './server.js';
export { seedAll } from './services.js';
export { type HttpGatewayOptions, startGateway } from './start.js';
export { committedSupergraph, writeSupergraph } from './supergraphFile.js';
