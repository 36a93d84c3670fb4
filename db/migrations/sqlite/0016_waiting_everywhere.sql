CREATE INDEX `orders_waiting` ON `orders` (`updated_at`) WHERE "orders"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `trust_held` ON `trust` (`pizzeria`) WHERE "trust"."state" = 'held';