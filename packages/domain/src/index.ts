export { badUserInput } from './errors.js';
export * from './facts.js';
export { scalarResolvers } from './scalars.js';
export { subgraphTypeDefs } from './sdl.js';
