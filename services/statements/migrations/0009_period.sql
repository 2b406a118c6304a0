ALTER TABLE `statement` ADD `span_length` text NOT NULL;--> statement-breakpoint
CREATE INDEX `statement_by_period` ON `statement` (`span_length`,`said_key`,`id`,`earliest`,`latest`);