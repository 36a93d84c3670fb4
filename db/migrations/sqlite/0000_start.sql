CREATE TABLE `events` (
	`pizzeria` text NOT NULL,
	`position` integer NOT NULL,
	`id` text NOT NULL,
	`subject` text NOT NULL,
	`version` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`pizzeria`, `position`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`subject`,`version`);--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`pizzeria`,`at`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`response` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_at` ON `idempotency` (`at`);--> statement-breakpoint
CREATE TABLE `items` (
	`pizzeria` text NOT NULL,
	`id` text NOT NULL,
	`sort` integer NOT NULL,
	`available` integer DEFAULT true NOT NULL,
	`until` integer,
	`stock` integer,
	`body` text NOT NULL,
	PRIMARY KEY(`pizzeria`, `id`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `log` (
	`id` integer PRIMARY KEY NOT NULL,
	`epoch` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`pizzeria` text NOT NULL,
	`tracking` text NOT NULL,
	`day` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`pizzas` integer NOT NULL,
	`promise_at` integer NOT NULL,
	`placed_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`queued_at` integer,
	`shown_at` integer,
	`unseen` integer DEFAULT 0 NOT NULL,
	`position` integer NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_tracking` ON `orders` (`tracking`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`pizzeria`,`day`,`number`);--> statement-breakpoint
CREATE INDEX `orders_state` ON `orders` (`pizzeria`,`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_load` ON `orders` (`pizzeria`,`state`,`promise_at`,`pizzas`);--> statement-breakpoint
CREATE TABLE `pairings` (
	`code` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`device` text NOT NULL,
	`pizzeria` text,
	`session` text,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pairings_token` ON `pairings` (`token_hash`);--> statement-breakpoint
CREATE TABLE `pizzerias` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`timezone` text NOT NULL,
	`settings` text NOT NULL,
	`paused_until` integer,
	`busy_minutes` integer DEFAULT 0 NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`oldest` integer DEFAULT 1 NOT NULL,
	`menu_version` integer DEFAULT 0 NOT NULL,
	`day` text DEFAULT '' NOT NULL,
	`last_number` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `screens` (
	`pizzeria` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`paired` integer DEFAULT false NOT NULL,
	`settings` text NOT NULL,
	`connected` integer DEFAULT false NOT NULL,
	`seen_at` integer NOT NULL,
	`shown_position` integer DEFAULT 0 NOT NULL,
	`report` text NOT NULL,
	PRIMARY KEY(`pizzeria`, `id`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`pizzeria` text NOT NULL,
	`kind` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`screen` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_screen` ON `sessions` (`screen`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`pizzeria` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`pin_hash` text NOT NULL,
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_pizzeria` ON `staff` (`pizzeria`);--> statement-breakpoint
CREATE TABLE `toppings` (
	`pizzeria` text NOT NULL,
	`id` text NOT NULL,
	`sort` integer NOT NULL,
	`available` integer DEFAULT true NOT NULL,
	`until` integer,
	`body` text NOT NULL,
	PRIMARY KEY(`pizzeria`, `id`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
