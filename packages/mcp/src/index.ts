export { mcpEndpoint } from './endpoint.js';
export { createMcpServer, type McpOptions } from './server.js';
export { serveMcpOverStdio } from './stdio.js';
export { tools } from './tools/index.js';
