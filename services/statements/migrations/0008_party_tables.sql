-- Two tables that are their own indexes take half the space of a table with two indexes.
DROP TABLE `statement_party`;--> statement-breakpoint
CREATE TABLE `statement_party_said` (
	`actor_id` text NOT NULL,
	`role` text NOT NULL,
	`said_key` text NOT NULL,
	PRIMARY KEY(`actor_id`, `role`, `said_key`),
	FOREIGN KEY (`said_key`) REFERENCES `statement`(`said_key`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statement_party_text` (
	`actor_id` text NOT NULL,
	`role` text NOT NULL,
	`text_key` text NOT NULL,
	PRIMARY KEY(`actor_id`, `role`, `text_key`),
	FOREIGN KEY (`text_key`) REFERENCES `statement`(`text_key`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
