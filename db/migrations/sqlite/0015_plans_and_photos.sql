CREATE TABLE `photos` (
	`pizzeria` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`pizzeria`, `id`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `photos_id` ON `photos` (`id`);--> statement-breakpoint
CREATE TABLE `menu_plans` (
	`pizzeria` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`base` text NOT NULL,
	`menu` text NOT NULL,
	`by` text,
	`trouble` text,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `menu_plans_due` ON `menu_plans` (`at`) WHERE "menu_plans"."trouble" is null;--> statement-breakpoint
ALTER TABLE `screens` ADD `removed_at` integer;