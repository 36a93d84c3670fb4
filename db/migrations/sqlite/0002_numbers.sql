CREATE TABLE `numbers` (
	`pizzeria` text NOT NULL,
	`day` text NOT NULL,
	`test` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`pizzeria`, `day`, `test`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rehearsals` (
	`pizzeria` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`planned` integer NOT NULL,
	`placed` integer DEFAULT 0 NOT NULL,
	`ends_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `orders_number`;--> statement-breakpoint
ALTER TABLE `orders` ADD `test` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`pizzeria`,`day`,`test`,`number`);--> statement-breakpoint
ALTER TABLE `log` ADD `trusted_at` integer;--> statement-breakpoint
ALTER TABLE `pizzerias` ADD `country` text DEFAULT 'FR' NOT NULL;--> statement-breakpoint
ALTER TABLE `pizzerias` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `pizzerias` ADD `address` text;