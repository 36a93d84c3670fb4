CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`hook` text NOT NULL,
	`pizzeria` text NOT NULL,
	`position` integer NOT NULL,
	`type` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`due_at` integer,
	`tries` integer NOT NULL,
	`outcome` text NOT NULL,
	`answer` text,
	FOREIGN KEY (`hook`) REFERENCES `hooks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`due_at`) WHERE "deliveries"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_hook` ON `deliveries` (`hook`,`position`);--> statement-breakpoint
CREATE INDEX `deliveries_at` ON `deliveries` (`at`);--> statement-breakpoint
CREATE TABLE `hooks` (
	`id` text PRIMARY KEY NOT NULL,
	`pizzeria` text NOT NULL,
	`url` text NOT NULL,
	`secret` text NOT NULL,
	`types` text NOT NULL,
	`epoch` text NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hooks_pizzeria` ON `hooks` (`pizzeria`);