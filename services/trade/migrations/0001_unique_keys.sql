PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_figure_party` (
	`actor_id` text NOT NULL,
	`figure_id` text NOT NULL,
	`counterpart_id` text NOT NULL,
	FOREIGN KEY (`figure_id`) REFERENCES `trade_figure`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_figure_party`("actor_id", "figure_id", "counterpart_id") SELECT "actor_id", "figure_id", "counterpart_id" FROM `figure_party`;--> statement-breakpoint
DROP TABLE `figure_party`;--> statement-breakpoint
ALTER TABLE `__new_figure_party` RENAME TO `figure_party`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `figure_party_figure` ON `figure_party` (`actor_id`,`figure_id`,`counterpart_id`);