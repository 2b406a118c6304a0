CREATE TABLE `cited_passages` (
	`document_id` text PRIMARY KEY NOT NULL,
	`passages` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `statement_tag` (
	`tag` text NOT NULL,
	`text_key` text NOT NULL,
	`said_key` text NOT NULL,
	`statement_id` text NOT NULL,
	PRIMARY KEY(`tag`, `text_key`, `statement_id`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statement_tag_said` ON `statement_tag` (`tag`,`said_key`,`statement_id`);--> statement-breakpoint
CREATE INDEX `tag_of_statement` ON `statement_tag` (`statement_id`,`tag`);--> statement-breakpoint
ALTER TABLE `paragraph` ADD `text_key` text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `paragraph_text_key_unique` ON `paragraph` (`text_key`);
--> statement-breakpoint
-- Indexes without content: the words in them cannot be selected. `summary` has words of ours, `passage` those of mounted texts.
DROP TABLE `statement_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `statement_search` USING fts5(summary, passage, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
-- The passages of statements that have several.
CREATE VIRTUAL TABLE `passage_search` USING fts5(passage, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
-- There are fewer paragraphs and documents than statements: to list short beginnings only halves the indexes.
CREATE VIRTUAL TABLE `paragraph_search` USING fts5(summary, passage, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3");
--> statement-breakpoint
CREATE VIRTUAL TABLE `document_search` USING fts5(summary, passage, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3");
