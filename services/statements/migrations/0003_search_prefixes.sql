-- Beginnings of words are listed by themselves, so that the first matches of a short one are found without reading all.
DROP TABLE `statement_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `statement_search` USING fts5(summary, tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3 4 5 6");
