-- Full-text search over names and aliases. Drizzle cannot declare virtual tables.
CREATE VIRTUAL TABLE `actor_search` USING fts5(actor_id UNINDEXED, names, tokenize = "unicode61 remove_diacritics 2");
--> statement-breakpoint
CREATE VIRTUAL TABLE `place_search` USING fts5(place_id UNINDEXED, names, tokenize = "unicode61 remove_diacritics 2");
