CREATE TABLE `days` (
	`pizzeria` text NOT NULL,
	`day` text NOT NULL,
	`changes` integer NOT NULL,
	`folded` integer DEFAULT -1 NOT NULL,
	`body` text,
	PRIMARY KEY(`pizzeria`, `day`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `days_stale` ON `days` (`day`) WHERE "days"."folded" <> "days"."changes";--> statement-breakpoint
CREATE INDEX `orders_placed` ON `orders` (`pizzeria`,`placed_at`,`id`);--> statement-breakpoint
CREATE INDEX `orders_of_number` ON `orders` (`pizzeria`,`number`,`placed_at`);