-- Rows can be deleted without their words, so that a new revision can be built from the one before.
DROP TABLE `statement_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `statement_search` USING fts5(summary, passage, content = '', contentless_delete = 1, tokenize = "ascii", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
DROP TABLE `passage_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `passage_search` USING fts5(passage, content = '', contentless_delete = 1, tokenize = "ascii", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
DROP TABLE `paragraph_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `paragraph_search` USING fts5(summary, passage, content = '', contentless_delete = 1, tokenize = "ascii", prefix = "1 2 3");
--> statement-breakpoint
DROP TABLE `document_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `document_search` USING fts5(summary, passage, content = '', contentless_delete = 1, tokenize = "ascii", prefix = "1 2 3");
