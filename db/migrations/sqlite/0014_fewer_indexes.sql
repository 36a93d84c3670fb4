DROP INDEX `orders_load`;--> statement-breakpoint
DROP INDEX `orders_people`;--> statement-breakpoint
DROP INDEX `orders_placed`;--> statement-breakpoint
DROP INDEX `orders_of_number`;--> statement-breakpoint
CREATE INDEX `orders_history` ON `orders` (`pizzeria`,`people`,`placed_at`,`id`);