DROP INDEX `instrument_by_regime`;--> statement-breakpoint
CREATE INDEX `instrument_by_regime` ON `instrument` (`regime_id`,`adopted_key`,`id`);