-- Full-text search over summaries. Drizzle knows no virtual tables.
CREATE VIRTUAL TABLE `statement_search` USING fts5(statement_id UNINDEXED, summary, tokenize = "unicode61 remove_diacritics 2");
