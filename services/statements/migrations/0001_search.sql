-- Full-text search over summaries. Drizzle cannot declare virtual tables.
CREATE VIRTUAL TABLE `statement_search` USING fts5(summary, tokenize = "unicode61 remove_diacritics 2");
