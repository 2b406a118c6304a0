-- The indexes are given words that the program has separated and folded, so that this tokenizer only splits them at spaces.
DROP TABLE `actor_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `actor_search` USING fts5(actor_id UNINDEXED, names, tokenize = "ascii", prefix = "1 2 3 4 5 6");
--> statement-breakpoint
DROP TABLE `place_search`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `place_search` USING fts5(place_id UNINDEXED, names, tokenize = "ascii", prefix = "1 2 3 4 5 6");
