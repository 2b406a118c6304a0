PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_statement_party` (
	`actor_id` text NOT NULL,
	`role` text NOT NULL,
	`text_key` text NOT NULL,
	`said_key` text NOT NULL,
	`statement_id` text NOT NULL,
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_statement_party`("actor_id", "role", "text_key", "said_key", "statement_id") SELECT "actor_id", "role", "text_key", "said_key", "statement_id" FROM `statement_party`;--> statement-breakpoint
DROP TABLE `statement_party`;--> statement-breakpoint
ALTER TABLE `__new_statement_party` RENAME TO `statement_party`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `statement_party_text` ON `statement_party` (`actor_id`,`role`,`text_key`);--> statement-breakpoint
CREATE INDEX `statement_party_said` ON `statement_party` (`actor_id`,`role`,`said_key`);--> statement-breakpoint
CREATE TABLE `__new_statement_topic` (
	`topic` text NOT NULL,
	`text_key` text NOT NULL,
	`said_key` text NOT NULL,
	`statement_id` text NOT NULL,
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_statement_topic`("topic", "text_key", "said_key", "statement_id") SELECT "topic", "text_key", "said_key", "statement_id" FROM `statement_topic`;--> statement-breakpoint
DROP TABLE `statement_topic`;--> statement-breakpoint
ALTER TABLE `__new_statement_topic` RENAME TO `statement_topic`;--> statement-breakpoint
CREATE UNIQUE INDEX `statement_topic_text` ON `statement_topic` (`topic`,`text_key`);--> statement-breakpoint
CREATE INDEX `statement_topic_said` ON `statement_topic` (`topic`,`said_key`);