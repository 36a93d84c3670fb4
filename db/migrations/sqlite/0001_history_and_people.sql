ALTER TABLE `orders` ADD `people` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_unseen` ON `orders` (`queued_at`) WHERE "orders"."state" = 'queued' and "orders"."shown_at" is null;--> statement-breakpoint
CREATE INDEX `orders_due` ON `orders` (`promise_at`) WHERE "orders"."state" = 'scheduled';--> statement-breakpoint
CREATE INDEX `orders_people` ON `orders` (`pizzeria`,`placed_at`) WHERE "orders"."people" = true;--> statement-breakpoint
ALTER TABLE `pizzerias` ADD `people_kept_days` integer;--> statement-breakpoint
CREATE INDEX `items_back` ON `items` (`until`) WHERE "items"."available" = false;--> statement-breakpoint
CREATE INDEX `pairings_expiry` ON `pairings` (`expires_at`);--> statement-breakpoint
CREATE INDEX `screens_connected` ON `screens` (`seen_at`) WHERE "screens"."connected" = true;--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `sessions_ended` ON `sessions` (`ended_at`) WHERE "sessions"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX `toppings_back` ON `toppings` (`until`) WHERE "toppings"."available" = false;