CREATE TABLE `merged_id` (
	`id` text PRIMARY KEY NOT NULL,
	`same_as` text NOT NULL
) STRICT;
