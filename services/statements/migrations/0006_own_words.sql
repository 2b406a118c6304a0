-- The indexes are given words that the program has separated and folded, so that this tokenizer only splits them at spaces.
DROP TABLE `statement_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `statement_search` USING fts5(summary, passage, content = '', tokenize = "ascii", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
DROP TABLE `passage_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `passage_search` USING fts5(passage, content = '', tokenize = "ascii", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
DROP TABLE `paragraph_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `paragraph_search` USING fts5(summary, passage, content = '', tokenize = "ascii", prefix = "1 2 3");
--> statement-breakpoint
DROP TABLE `document_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `document_search` USING fts5(summary, passage, content = '', tokenize = "ascii", prefix = "1 2 3");
