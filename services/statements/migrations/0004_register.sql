CREATE TABLE `merged_id` (
	`id` text PRIMARY KEY NOT NULL,
	`same_as` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `tension_document` (
	`document_id` text NOT NULL,
	`tension_id` text NOT NULL,
	PRIMARY KEY(`document_id`, `tension_id`),
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tension_id`) REFERENCES `tension`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `document_of_tension` ON `tension_document` (`tension_id`,`document_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_tension` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`explanation` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_tension`("id", "kind", "explanation", "basis", "citations", "source_references") SELECT "id", "kind", "explanation", "basis", "citations", "source_references" FROM `tension`;--> statement-breakpoint
DROP TABLE `tension`;--> statement-breakpoint
ALTER TABLE `__new_tension` RENAME TO `tension`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE TABLE `__new_statement_relation` (
	`statement_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`direction` text NOT NULL,
	`other_id` text NOT NULL,
	`rationale` text,
	`basis` text NOT NULL,
	PRIMARY KEY(`statement_id`, `other_id`, `type`, `direction`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_statement_relation`("statement_id", "id", "type", "direction", "other_id", "rationale", "basis") SELECT "statement_id", "id", "type", "direction", "other_id", "rationale", "basis" FROM `statement_relation`;--> statement-breakpoint
DROP TABLE `statement_relation`;--> statement-breakpoint
ALTER TABLE `__new_statement_relation` RENAME TO `statement_relation`;