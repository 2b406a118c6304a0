ALTER TABLE `designation` ADD `listed` text NOT NULL;--> statement-breakpoint
ALTER TABLE `designation` ADD `delisted` text;