-- Beginnings of words are listed by themselves, so that the first matches of a short one are found without reading all.
DROP TABLE `actor_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `actor_search` USING fts5(actor_id UNINDEXED, names, tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
DROP TABLE `place_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `place_search` USING fts5(place_id UNINDEXED, names, tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3 4 5 6");
