ALTER TABLE `trade_figure` ADD `span_length` text NOT NULL;--> statement-breakpoint
CREATE INDEX `figure_by_period` ON `trade_figure` (`span_length`,`period_key`,`id`,`earliest`,`latest`);