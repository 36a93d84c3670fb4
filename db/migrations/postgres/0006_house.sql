CREATE TABLE "setups" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"pizzeria" text
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "by" text;--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "archived" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "owed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "member" text;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "must_change_pin" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "removed_at" bigint;--> statement-breakpoint
ALTER TABLE "toppings" ADD COLUMN "archived" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_owed" ON "orders" USING btree ("pizzeria") WHERE "orders"."owed" > 0;--> statement-breakpoint
CREATE INDEX "sessions_member" ON "sessions" USING btree ("member");