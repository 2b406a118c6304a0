CREATE TABLE `commodity` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hs_code` text,
	`direction` text,
	`statement_id` text NOT NULL,
	`citations` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `commodity_by_statement` ON `commodity` (`statement_id`,`id`);--> statement-breakpoint
CREATE TABLE `figure_party` (
	`actor_id` text NOT NULL,
	`figure_id` text NOT NULL,
	`counterpart_id` text NOT NULL,
	PRIMARY KEY(`actor_id`, `figure_id`, `counterpart_id`),
	FOREIGN KEY (`figure_id`) REFERENCES `trade_figure`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `known_entity` (
	`id` text PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `trade_figure` (
	`id` text PRIMARY KEY NOT NULL,
	`measure` text NOT NULL,
	`flow` text NOT NULL,
	`reporter_id` text,
	`partner_id` text,
	`period` text NOT NULL,
	`earliest` text,
	`latest` text,
	`period_key` text NOT NULL,
	`value` text,
	`stated_as` text,
	`unit` text,
	`qualifier` text NOT NULL,
	`lower_bound` text,
	`upper_bound` text,
	`commodity_ids` text NOT NULL,
	`published_by_id` text,
	`published_by_is_certain` integer NOT NULL,
	`publisher_candidates` text NOT NULL,
	`statement_id` text,
	`derivation` text,
	`note` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `trade_figure_period_key_unique` ON `trade_figure` (`period_key`);--> statement-breakpoint
CREATE INDEX `figure_by_reporter` ON `trade_figure` (`reporter_id`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_partner` ON `trade_figure` (`partner_id`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_measure` ON `trade_figure` (`measure`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_flow` ON `trade_figure` (`flow`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_basis` ON `trade_figure` (`basis`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_qualifier` ON `trade_figure` (`qualifier`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_statement` ON `trade_figure` (`statement_id`,`id`);--> statement-breakpoint
CREATE INDEX `figure_by_series` ON `trade_figure` (`reporter_id`,`partner_id`,`flow`,`measure`,`period_key`);