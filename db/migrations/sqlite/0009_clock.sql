ALTER TABLE `log` ADD `trusted_up` integer;--> statement-breakpoint
ALTER TABLE `log` ADD `trusted_boot` text;--> statement-breakpoint
ALTER TABLE `log` ADD `clock_off` integer;