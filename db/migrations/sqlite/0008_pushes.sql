CREATE TABLE `pushes` (
	`order` text NOT NULL,
	`endpoint` text NOT NULL,
	`pizzeria` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`due_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`order`, `endpoint`),
	FOREIGN KEY (`pizzeria`) REFERENCES `pizzerias`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pushes_due` ON `pushes` (`due_at`) WHERE "pushes"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `pushes_at` ON `pushes` (`at`);