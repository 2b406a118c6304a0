CREATE TABLE `caution` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`kind` text NOT NULL,
	`explanation` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `caution_by_document` ON `caution` (`document_id`,`id`);--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`publisher_id` text,
	`published_on` text NOT NULL,
	`sha256` text NOT NULL,
	`series` text,
	`number` text,
	`length` integer NOT NULL,
	`byte_length` integer NOT NULL,
	`multibyte` text NOT NULL,
	`reproduces_id` text,
	`insertions` text NOT NULL,
	FOREIGN KEY (`reproduces_id`) REFERENCES `work`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `event_statement` (
	`event_id` text NOT NULL,
	`position` integer NOT NULL,
	`statement_id` text NOT NULL,
	PRIMARY KEY(`event_id`, `position`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `event_of_statement` ON `event_statement` (`statement_id`,`event_id`);--> statement-breakpoint
CREATE TABLE `known_entity` (
	`id` text PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `mention` (
	`key` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`paragraph_id` text NOT NULL,
	`party_id` text NOT NULL,
	`form` text NOT NULL,
	`citation` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`paragraph_id`) REFERENCES `paragraph`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `mention_by_party` ON `mention` (`party_id`,`key`);--> statement-breakpoint
CREATE INDEX `mention_by_paragraph` ON `mention` (`paragraph_id`,`key`);--> statement-breakpoint
CREATE TABLE `paragraph` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`number` integer NOT NULL,
	`role` text NOT NULL,
	`voice_id` text,
	`citation` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `paragraph_by_document` ON `paragraph` (`document_id`,`number`);--> statement-breakpoint
CREATE TABLE `paragraph_statement` (
	`paragraph_id` text NOT NULL,
	`text_key` text NOT NULL,
	`statement_id` text NOT NULL,
	PRIMARY KEY(`paragraph_id`, `text_key`),
	FOREIGN KEY (`paragraph_id`) REFERENCES `paragraph`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `quotation` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`text_key` text NOT NULL,
	`kind` text NOT NULL,
	`speaker_id` text,
	`speaker_is_certain` integer NOT NULL,
	`level` integer NOT NULL,
	`insertions` text NOT NULL,
	`is_translated` integer NOT NULL,
	`translation_basis` text NOT NULL,
	`citation` text NOT NULL,
	`marked_citation` text,
	`note` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `quotation_text_key_unique` ON `quotation` (`text_key`);--> statement-breakpoint
CREATE INDEX `quotation_by_document` ON `quotation` (`document_id`,`text_key`);--> statement-breakpoint
CREATE INDEX `quotation_by_speaker` ON `quotation` (`speaker_id`,`text_key`);--> statement-breakpoint
CREATE INDEX `quotation_by_kind` ON `quotation` (`kind`,`text_key`);--> statement-breakpoint
CREATE TABLE `quotation_statement` (
	`statement_id` text NOT NULL,
	`quotation_key` text NOT NULL,
	`quotation_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`statement_id`, `quotation_key`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`quotation_id`) REFERENCES `quotation`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statement_of_quotation` ON `quotation_statement` (`quotation_id`,`position`);--> statement-breakpoint
CREATE TABLE `stated_number` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`text_key` text NOT NULL,
	`label` text NOT NULL,
	`value` text,
	`note` text,
	`statement_id` text,
	`citation` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `stated_number_text_key_unique` ON `stated_number` (`text_key`);--> statement-breakpoint
CREATE INDEX `number_by_document` ON `stated_number` (`document_id`,`text_key`);--> statement-breakpoint
CREATE INDEX `number_by_statement` ON `stated_number` (`statement_id`,`text_key`);--> statement-breakpoint
CREATE TABLE `statement` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`text_key` text NOT NULL,
	`said_key` text NOT NULL,
	`summary` text NOT NULL,
	`kind` text NOT NULL,
	`modality` text NOT NULL,
	`status` text NOT NULL,
	`attribution` text NOT NULL,
	`voice_id` text,
	`said_on` text NOT NULL,
	`earliest` text,
	`latest` text,
	`addressees` text NOT NULL,
	`venue` text,
	`subjects` text NOT NULL,
	`topics` text NOT NULL,
	`hedges` text NOT NULL,
	`note` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `statement_text_key_unique` ON `statement` (`text_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `statement_said_key_unique` ON `statement` (`said_key`);--> statement-breakpoint
CREATE INDEX `statement_by_document` ON `statement` (`document_id`,`text_key`);--> statement-breakpoint
CREATE INDEX `statement_by_document_said` ON `statement` (`document_id`,`said_key`);--> statement-breakpoint
CREATE INDEX `statement_by_status` ON `statement` (`status`,`text_key`);--> statement-breakpoint
CREATE INDEX `statement_by_status_said` ON `statement` (`status`,`said_key`);--> statement-breakpoint
CREATE INDEX `statement_by_modality` ON `statement` (`modality`,`text_key`);--> statement-breakpoint
CREATE INDEX `statement_by_modality_said` ON `statement` (`modality`,`said_key`);--> statement-breakpoint
CREATE INDEX `statement_by_kind` ON `statement` (`kind`,`text_key`);--> statement-breakpoint
CREATE INDEX `statement_by_kind_said` ON `statement` (`kind`,`said_key`);--> statement-breakpoint
CREATE TABLE `statement_party` (
	`actor_id` text NOT NULL,
	`role` text NOT NULL,
	`text_key` text NOT NULL,
	`said_key` text NOT NULL,
	`statement_id` text NOT NULL,
	PRIMARY KEY(`actor_id`, `role`, `text_key`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statement_party_said` ON `statement_party` (`actor_id`,`role`,`said_key`);--> statement-breakpoint
CREATE TABLE `statement_relation` (
	`statement_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`direction` text NOT NULL,
	`other_id` text NOT NULL,
	`rationale` text,
	`basis` text NOT NULL,
	PRIMARY KEY(`statement_id`, `other_id`, `type`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `statement_topic` (
	`topic` text NOT NULL,
	`text_key` text NOT NULL,
	`said_key` text NOT NULL,
	`statement_id` text NOT NULL,
	PRIMARY KEY(`topic`, `text_key`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statement_topic_said` ON `statement_topic` (`topic`,`said_key`);--> statement-breakpoint
CREATE TABLE `tension` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`kind` text NOT NULL,
	`explanation` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `tension_by_document` ON `tension` (`document_id`,`id`);--> statement-breakpoint
CREATE TABLE `tension_statement` (
	`statement_id` text NOT NULL,
	`tension_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`statement_id`, `tension_id`),
	FOREIGN KEY (`statement_id`) REFERENCES `statement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tension_id`) REFERENCES `tension`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `statement_of_tension` ON `tension_statement` (`tension_id`,`position`);--> statement-breakpoint
CREATE TABLE `work` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`kind` text NOT NULL,
	`description` text NOT NULL,
	`maker_id` text,
	`date` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `work_by_document` ON `work` (`document_id`,`id`);