CREATE TABLE `actor` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`status` text,
	`type` text,
	`name` text NOT NULL,
	`description` text,
	`note` text,
	`aliases` text NOT NULL,
	`identifiers` text NOT NULL,
	`affiliations` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `actor_by_kind` ON `actor` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `actor_by_basis` ON `actor` (`basis`,`id`);--> statement-breakpoint
CREATE TABLE `actor_affiliation` (
	`to_id` text NOT NULL,
	`actor_id` text NOT NULL,
	PRIMARY KEY(`to_id`, `actor_id`),
	FOREIGN KEY (`to_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `actor_identifier` (
	`scheme` text NOT NULL,
	`value` text NOT NULL,
	`actor_id` text NOT NULL,
	PRIMARY KEY(`scheme`, `value`),
	FOREIGN KEY (`actor_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `event` (
	`id` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`date` text NOT NULL,
	`earliest` text,
	`latest` text,
	`time_key` text NOT NULL,
	`place_id` text,
	`participants` text NOT NULL,
	`note` text,
	`background` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`place_id`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `event_time_key_unique` ON `event` (`time_key`);--> statement-breakpoint
CREATE INDEX `event_by_kind` ON `event` (`kind`,`time_key`);--> statement-breakpoint
CREATE INDEX `event_by_status` ON `event` (`status`,`time_key`);--> statement-breakpoint
CREATE INDEX `event_by_place` ON `event` (`place_id`,`time_key`);--> statement-breakpoint
CREATE TABLE `event_participant` (
	`actor_id` text NOT NULL,
	`time_key` text NOT NULL,
	`event_id` text NOT NULL,
	PRIMARY KEY(`actor_id`, `time_key`),
	FOREIGN KEY (`actor_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `event`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `kinship` (
	`subject_id` text NOT NULL,
	`person_id` text NOT NULL,
	`relation` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	PRIMARY KEY(`subject_id`, `person_id`, `relation`),
	FOREIGN KEY (`subject_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `office` (
	`id` text PRIMARY KEY NOT NULL,
	`holder_id` text NOT NULL,
	`title` text NOT NULL,
	`organization_id` text,
	`host_id` text,
	`as_of` text,
	`note` text,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	FOREIGN KEY (`holder_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`host_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `office_by_holder` ON `office` (`holder_id`,`id`);--> statement-breakpoint
CREATE INDEX `office_by_organization` ON `office` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `place` (
	`id` text PRIMARY KEY NOT NULL,
	`within_id` text,
	`name` text NOT NULL,
	`description` text,
	`note` text,
	`aliases` text NOT NULL,
	`identifiers` text NOT NULL,
	`affiliations` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `place_within` (
	`around_id` text NOT NULL,
	`place_id` text NOT NULL,
	PRIMARY KEY(`around_id`, `place_id`),
	FOREIGN KEY (`around_id`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recognition` (
	`polity_id` text NOT NULL,
	`position` integer NOT NULL,
	`by_id` text NOT NULL,
	`event_id` text NOT NULL,
	PRIMARY KEY(`polity_id`, `position`),
	FOREIGN KEY (`polity_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `event`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
