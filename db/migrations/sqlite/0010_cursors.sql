CREATE TABLE `cursors` (
	`reader` text NOT NULL,
	`pizzeria` text NOT NULL,
	`epoch` text NOT NULL,
	`position` integer NOT NULL,
	`holder` text NOT NULL,
	`held_until` integer NOT NULL,
	PRIMARY KEY(`reader`, `pizzeria`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `pizzerias` ADD `revocations` integer DEFAULT 0 NOT NULL;