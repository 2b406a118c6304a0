CREATE TABLE `designation` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`regime_id` text NOT NULL,
	`instrument_id` text,
	`listed_on` text NOT NULL,
	`delisted_on` text,
	`measures` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`regime_id`) REFERENCES `regime`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`instrument_id`) REFERENCES `instrument`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `designation_by_actor` ON `designation` (`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `designation_by_regime` ON `designation` (`regime_id`,`id`);--> statement-breakpoint
CREATE TABLE `instrument` (
	`id` text PRIMARY KEY NOT NULL,
	`symbol` text NOT NULL,
	`title` text NOT NULL,
	`regime_id` text NOT NULL,
	`adopted_on` text NOT NULL,
	`adopted_key` text NOT NULL,
	`note` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`regime_id`) REFERENCES `regime`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `instrument_symbol_unique` ON `instrument` (`symbol`);--> statement-breakpoint
CREATE UNIQUE INDEX `instrument_adopted_key_unique` ON `instrument` (`adopted_key`);--> statement-breakpoint
CREATE INDEX `instrument_by_regime` ON `instrument` (`regime_id`,`adopted_key`);--> statement-breakpoint
CREATE TABLE `instrument_event` (
	`event_id` text NOT NULL,
	`adopted_key` text NOT NULL,
	`instrument_id` text NOT NULL,
	PRIMARY KEY(`event_id`, `adopted_key`),
	FOREIGN KEY (`instrument_id`) REFERENCES `instrument`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `known_entity` (
	`id` text PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `provision` (
	`id` text PRIMARY KEY NOT NULL,
	`regime_id` text NOT NULL,
	`instrument_id` text NOT NULL,
	`paragraph` text NOT NULL,
	`position` integer NOT NULL,
	`paragraph_source` text,
	`measure` text NOT NULL,
	`direction` text NOT NULL,
	`cap` text,
	`replaced_by_id` text,
	`hs_chapters` text NOT NULL,
	`summary` text NOT NULL,
	`in_force_from` text NOT NULL,
	`in_force_until` text,
	`deadline` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`regime_id`) REFERENCES `regime`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`instrument_id`) REFERENCES `instrument`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `provision_by_regime` ON `provision` (`regime_id`,`id`);--> statement-breakpoint
CREATE INDEX `provision_by_instrument` ON `provision` (`instrument_id`,`position`);--> statement-breakpoint
CREATE INDEX `provision_by_measure` ON `provision` (`measure`,`id`);--> statement-breakpoint
CREATE TABLE `provision_link` (
	`id` text PRIMARY KEY NOT NULL,
	`statement_id` text NOT NULL,
	`regime_id` text NOT NULL,
	`provision_id` text,
	`relation` text NOT NULL,
	`confidence` text NOT NULL,
	`rationale` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`regime_id`) REFERENCES `regime`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`provision_id`) REFERENCES `provision`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `link_by_statement` ON `provision_link` (`statement_id`,`id`);--> statement-breakpoint
CREATE INDEX `link_by_regime` ON `provision_link` (`regime_id`,`id`);--> statement-breakpoint
CREATE INDEX `link_by_provision` ON `provision_link` (`provision_id`,`id`);--> statement-breakpoint
CREATE INDEX `link_by_relation` ON `provision_link` (`relation`,`id`);--> statement-breakpoint
CREATE INDEX `link_by_confidence` ON `provision_link` (`confidence`,`id`);--> statement-breakpoint
CREATE TABLE `regime` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`authority_id` text,
	`targets` text NOT NULL,
	`note` text,
	`background` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `regime_target` (
	`actor_id` text NOT NULL,
	`regime_id` text NOT NULL,
	PRIMARY KEY(`actor_id`, `regime_id`),
	FOREIGN KEY (`regime_id`) REFERENCES `regime`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
