DROP INDEX `quotation_by_document`;--> statement-breakpoint
DROP INDEX `quotation_by_speaker`;--> statement-breakpoint
DROP INDEX `quotation_by_kind`;--> statement-breakpoint
CREATE INDEX `quotation_by_document` ON `quotation` (`document_id`,`text_key`,`id`);--> statement-breakpoint
CREATE INDEX `quotation_by_speaker` ON `quotation` (`speaker_id`,`text_key`,`id`);--> statement-breakpoint
CREATE INDEX `quotation_by_kind` ON `quotation` (`kind`,`text_key`,`id`);--> statement-breakpoint
DROP INDEX `statement_by_document`;--> statement-breakpoint
DROP INDEX `statement_by_document_said`;--> statement-breakpoint
DROP INDEX `statement_by_status`;--> statement-breakpoint
DROP INDEX `statement_by_status_said`;--> statement-breakpoint
DROP INDEX `statement_by_modality`;--> statement-breakpoint
DROP INDEX `statement_by_modality_said`;--> statement-breakpoint
DROP INDEX `statement_by_kind`;--> statement-breakpoint
DROP INDEX `statement_by_kind_said`;--> statement-breakpoint
CREATE INDEX `statement_by_document` ON `statement` (`document_id`,`text_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_document_said` ON `statement` (`document_id`,`said_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_status` ON `statement` (`status`,`text_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_status_said` ON `statement` (`status`,`said_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_modality` ON `statement` (`modality`,`text_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_modality_said` ON `statement` (`modality`,`said_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_kind` ON `statement` (`kind`,`text_key`,`id`);--> statement-breakpoint
CREATE INDEX `statement_by_kind_said` ON `statement` (`kind`,`said_key`,`id`);--> statement-breakpoint
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
CREATE UNIQUE INDEX `statement_party_text` ON `statement_party` (`actor_id`,`role`,`text_key`,`statement_id`);--> statement-breakpoint
CREATE INDEX `statement_party_said` ON `statement_party` (`actor_id`,`role`,`said_key`,`statement_id`);--> statement-breakpoint
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
CREATE UNIQUE INDEX `statement_topic_text` ON `statement_topic` (`topic`,`text_key`,`statement_id`);--> statement-breakpoint
CREATE INDEX `statement_topic_said` ON `statement_topic` (`topic`,`said_key`,`statement_id`);