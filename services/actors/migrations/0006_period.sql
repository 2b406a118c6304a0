ALTER TABLE `event` ADD `span_length` text NOT NULL;--> statement-breakpoint
CREATE INDEX `event_by_period` ON `event` (`span_length`,`time_key`,`id`,`earliest`,`latest`);