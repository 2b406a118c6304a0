CREATE TABLE `merged_id` (
	`id` text PRIMARY KEY NOT NULL,
	`same_as` text NOT NULL
) STRICT;
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_actor_identifier` (
	`scheme` text NOT NULL,
	`value` text NOT NULL,
	`actor_id` text NOT NULL,
	PRIMARY KEY(`scheme`, `value`, `actor_id`),
	FOREIGN KEY (`actor_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_actor_identifier`("scheme", "value", "actor_id") SELECT "scheme", "value", "actor_id" FROM `actor_identifier`;--> statement-breakpoint
DROP TABLE `actor_identifier`;--> statement-breakpoint
ALTER TABLE `__new_actor_identifier` RENAME TO `actor_identifier`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE TABLE `__new_kinship` (
	`subject_id` text NOT NULL,
	`person_id` text NOT NULL,
	`relation` text NOT NULL,
	`record_id` text NOT NULL,
	`basis` text NOT NULL,
	`citations` text NOT NULL,
	`source_references` text NOT NULL,
	PRIMARY KEY(`subject_id`, `person_id`, `record_id`),
	FOREIGN KEY (`subject_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `actor`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_kinship`("subject_id", "person_id", "relation", "record_id", "basis", "citations", "source_references") SELECT "subject_id", "person_id", "relation", "relation", "basis", "citations", "source_references" FROM `kinship`;--> statement-breakpoint
DROP TABLE `kinship`;--> statement-breakpoint
ALTER TABLE `__new_kinship` RENAME TO `kinship`;