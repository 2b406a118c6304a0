DROP INDEX `event_by_kind`;--> statement-breakpoint
DROP INDEX `event_by_status`;--> statement-breakpoint
DROP INDEX `event_by_place`;--> statement-breakpoint
CREATE INDEX `event_by_kind` ON `event` (`kind`,`time_key`,`id`);--> statement-breakpoint
CREATE INDEX `event_by_status` ON `event` (`status`,`time_key`,`id`);--> statement-breakpoint
CREATE INDEX `event_by_place` ON `event` (`place_id`,`time_key`,`id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_event_participant` (
	`actor_id` text NOT NULL,
	`time_key` text NOT NULL,
	`event_id` text NOT NULL,
	PRIMARY KEY(`actor_id`, `time_key`, `event_id`),
	FOREIGN KEY (`actor_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `event`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_event_participant`("actor_id", "time_key", "event_id") SELECT "actor_id", "time_key", "event_id" FROM `event_participant`;--> statement-breakpoint
DROP TABLE `event_participant`;--> statement-breakpoint
ALTER TABLE `__new_event_participant` RENAME TO `event_participant`;--> statement-breakpoint
PRAGMA foreign_keys=ON;