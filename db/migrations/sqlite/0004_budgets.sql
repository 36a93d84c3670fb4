CREATE TABLE `budgets` (
	`what` text NOT NULL,
	`who` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`what`, `who`)
);
--> statement-breakpoint
CREATE INDEX `budgets_until` ON `budgets` (`until`);--> statement-breakpoint
CREATE TABLE `trust` (
	`pizzeria` text NOT NULL,
	`who` text NOT NULL,
	`order` text NOT NULL,
	`state` text NOT NULL,
	`first` integer NOT NULL,
	`pizzas` integer NOT NULL,
	`later` integer NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`pizzeria`, `who`, `order`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `trust_order` ON `trust` (`order`);--> statement-breakpoint
CREATE INDEX `trust_until` ON `trust` (`until`);--> statement-breakpoint
CREATE INDEX `trust_rush` ON `trust` (`pizzeria`,`state`,`first`,`at`);