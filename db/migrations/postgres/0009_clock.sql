ALTER TABLE "log" ADD COLUMN "trusted_up" bigint;--> statement-breakpoint
ALTER TABLE "log" ADD COLUMN "trusted_boot" text;--> statement-breakpoint
ALTER TABLE "log" ADD COLUMN "clock_off" bigint;