export { forRequest, listRequest } from './dataSource.js';
export { type MemoryStore, memoryStore } from './memoryStore.js';
export { idsOf, insertRows } from './rows.js';
