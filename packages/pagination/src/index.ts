export {
  type Along,
  type Condition,
  type Link,
  linked,
  linkedAnyOf,
  linkedParent,
  own,
  ownAnyOf,
  ownParent,
  type RowTest,
} from './conditions.js';
export { type Connection, connectionOf, type Keyed } from './connection.js';
export { decodeCursor, encodeCursor, type ListTag, listTag } from './cursor.js';
export { anyOf, type DayFilter, equals, inDays } from './filters.js';
export { type KeyedRow, type KeysetList, keysetCounts, keysetPages, testsOf } from './keyset.js';
export { inner } from './names.js';
export { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type Page, type PageArgs, readPage } from './page.js';
export { searchQuery } from './search.js';
