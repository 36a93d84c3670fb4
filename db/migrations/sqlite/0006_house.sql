CREATE TABLE `setups` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`pizzeria` text
);
--> statement-breakpoint
ALTER TABLE `events` ADD `by` text;--> statement-breakpoint
ALTER TABLE `items` ADD `archived` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `owed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_owed` ON `orders` (`pizzeria`) WHERE "orders"."owed" > 0;--> statement-breakpoint
ALTER TABLE `sessions` ADD `member` text;--> statement-breakpoint
CREATE INDEX `sessions_member` ON `sessions` (`member`);--> statement-breakpoint
ALTER TABLE `staff` ADD `must_change_pin` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `staff` ADD `removed_at` integer;--> statement-breakpoint
ALTER TABLE `toppings` ADD `archived` integer DEFAULT false NOT NULL;