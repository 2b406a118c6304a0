export {
  type Condition,
  eq,
  eqParent,
  type IndexScan,
  inList,
  joinedBy,
  joinedByAny,
  joinedToParent,
  type Link,
  type RowTest,
  rangesBy,
  rowColumn,
} from './conditions.js';
export { type Connection, connectionOf, type KeyedRow } from './connection.js';
export { decodeCursor, encodeCursor, type ListTag, listTag } from './cursor.js';
export { type DayFilter, equals, oneOf } from './filters.js';
export { firstIds, type KeysetList, keysetCounts, keysetPages, testsOf } from './keyset.js';
export { cursorArgument, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type Page, type PageArgs, readPage } from './page.js';
export { type DateColumns, inPeriod } from './period.js';
export { type SearchMatches, type SearchQuery, searchQuery, searchTest } from './search.js';
export { fts5Query, patterns, type TextIndexSql, type TextMatch, textIndexSql, wholeWords } from './textMatch.js';
export { indexedText, wordsOf } from './words.js';
