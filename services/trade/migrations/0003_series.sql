DROP INDEX `figure_by_series`;--> statement-breakpoint
ALTER TABLE `trade_figure` ADD `commodity` text NOT NULL;--> statement-breakpoint
ALTER TABLE `trade_figure` ADD `frequency` text NOT NULL;--> statement-breakpoint
CREATE INDEX `figure_by_series` ON `trade_figure` (`reporter_id`,`partner_id`,`flow`,`measure`,`commodity`,`unit`,`frequency`,`period_key`);--> statement-breakpoint
ALTER TABLE `commodity` ADD `directions` text NOT NULL;